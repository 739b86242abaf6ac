// To be run after a dependency was added or updated: npm run lockfile:complete
//
// Packages with native parts name one optional package for each platform. A registry that does not carry all of them
// makes `npm install` leave the absent ones out of package-lock.json, and `npm ci` then refuses the lockfile, on every
// platform. This writes in what npm would have written, but for the checksum.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { absentFromLockfile } from './lockfile.mjs'
import { root } from './runtime.mjs'

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

const file = join(root, 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))
for (const absent of absentFromLockfile(lock)) {
  lock.packages[`node_modules/${absent.name}`] = entryOf(absent)
  console.log(`added ${absent.name} ${absent.version}`)
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)

function entryOf({ name, version, optional, from }) {
  const words = name.split(/[/-]/)
  const os = systems.find(system => words.includes(system))
  const cpu = processors.find(processor => words.includes(processor))
  if (!optional || os === undefined || cpu === undefined || !/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Error(`${name}@${version} is not a package for one platform: install it with npm`)
  }
  const libc = words.some(word => word.startsWith('musl')) ? 'musl' : 'glibc'
  return {
    version,
    cpu: [cpu],
    ...(from.dev && { dev: true }),
    ...(os === 'linux' && words.some(word => /^(gnu|musl)/.test(word)) && { libc: [libc] }),
    license: from.license,
    optional: true,
    os: [os],
  }
}
