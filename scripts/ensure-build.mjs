// Builds each package whose sources or build settings have changed since its last build. Examples and benchmarks import
// the built packages, as a user would. With --force it builds whatever the stamps say.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { withLock } from './lock.mjs'
import { findNode, root } from './runtime.mjs'

// Each after those that it needs.
const packages = ['plait', 'colorless'].map(name => {
  const folder = join(root, 'packages', name)
  return {
    name,
    folder,
    built: join(folder, 'dist'),
    fresh: join(folder, 'out'), // beside dist, so that the source maps' relative paths hold
    stamp: join(root, `.cache/${name}-build`),
  }
})

const isForced = process.argv.includes('--force')
if (isForced || !packages.every(isBuilt)) {
  withLock('build', () => {
    for (const one of packages) if (isForced || !isBuilt(one)) build(one)
  })
}

function isBuilt(one) {
  if (!existsSync(join(one.built, 'index.js')) || !existsSync(one.stamp)) return false
  return readFileSync(one.stamp, 'utf8') === fingerprint(one)
}

function fingerprint({ folder }) {
  const hash = createHash('sha256')
  const settings = ['package.json', 'tsconfig.json', 'tsdown.config.ts'].map(name => join(folder, name))
  const files = [...settings, join(root, 'tsconfig.json'), join(root, 'package-lock.json')]
  for (const file of [...files, ...filesIn(join(folder, 'src'))]) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesIn(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap(entry => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesIn(path) : [path]
  })
}

// Built aside and moved into place, so that a program that is loading the package meets one build or the other.
function build(one) {
  const { name, folder, built, fresh, stamp } = one
  const before = fingerprint(one) // read first: an edit made while building must lead to another build
  rmSync(stamp, { force: true })
  rmSync(fresh, { recursive: true, force: true })
  const node = findNode()
  if (node === undefined) fail('no recent Node here: run "node scripts/ensure-install.mjs" first')
  console.error(`building packages/${name}`)
  const tsdown = join(root, 'node_modules/tsdown/dist/run.mjs')
  const arguments_ = [tsdown, '--out-dir', fresh, '--logLevel', 'warn']
  const result = spawnSync(node, arguments_, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
  if (result.status !== 0) fail(`the build of packages/${name} failed (see above)`)
  rmSync(built, { recursive: true, force: true })
  renameSync(fresh, built)
  mkdirSync(join(root, '.cache'), { recursive: true })
  writeFileSync(stamp, before)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
