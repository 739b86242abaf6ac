// Builds packages/plait where its sources or its build settings have changed since the last build. Examples and
// benchmarks import the built package, as a user would. With --force it builds whatever the stamp says.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { withLock } from './lock.mjs'
import { findNode, root } from './runtime.mjs'

const packageFolder = join(root, 'packages/plait')
const built = join(packageFolder, 'dist')
const fresh = join(packageFolder, 'out') // beside dist, so that the source maps' relative paths hold
const stamp = join(root, '.cache/plait-build')

const isForced = process.argv.includes('--force')
if (isForced || !isBuilt()) {
  withLock('build', () => {
    if (isForced || !isBuilt()) build()
  })
}

function isBuilt() {
  if (!existsSync(join(built, 'index.js')) || !existsSync(stamp)) return false
  return readFileSync(stamp, 'utf8') === fingerprint()
}

function fingerprint() {
  const hash = createHash('sha256')
  const settings = [
    'packages/plait/package.json',
    'packages/plait/tsconfig.json',
    'packages/plait/tsdown.config.ts',
  ]
  const files = [...settings, 'tsconfig.json', 'package-lock.json'].map(path => join(root, path))
  for (const file of [...files, ...filesIn(join(packageFolder, 'src'))]) {
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
function build() {
  const before = fingerprint() // read first: an edit made while building must lead to another build
  rmSync(stamp, { force: true })
  rmSync(fresh, { recursive: true, force: true })
  const node = findNode()
  if (node === undefined) fail('no recent Node here: run "node scripts/ensure-install.mjs" first')
  console.error('building packages/plait')
  const tsdown = join(root, 'node_modules/tsdown/dist/run.mjs')
  const arguments_ = [tsdown, '--out-dir', fresh, '--logLevel', 'warn']
  const result = spawnSync(node, arguments_, { cwd: packageFolder, stdio: ['ignore', 'inherit', 'inherit'] })
  if (result.status !== 0) fail('the build of packages/plait failed (see above)')
  rmSync(built, { recursive: true, force: true })
  renameSync(fresh, built)
  mkdirSync(join(root, '.cache'), { recursive: true })
  writeFileSync(stamp, before)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
