// Packs plait-colorless and looks at the tarball as a stranger would: what is in it, what publint and attw say, and whether
// programs run transformed where it is installed beside plait, on each supported Node.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './runtime.mjs'
import { checkTarball } from './tarball.mjs'

const packageFolder = join(root, 'packages/colorless')
const programs = join(root, 'scripts/consumer/colorless')
const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))

const dependencies = ['@jridgewell/sourcemap-codec', 'oxc-parser', 'unplugin']

/** What app.ts prints, but for the place of its error. */
const said = ['quick 3 2,4 4', 'slow 3 2,4 4']

/**
 * @param tools `step`, `command`, `npm` and `bin` of the check of plait
 * @param plait the manifest of plait, and its tarball
 */
export function checkColorless({ step, command, npm, bin }, { scratch, plait, tarball, nodes }) {
  const consumer = join(scratch, 'colorless')
  const [packed] = JSON.parse(npm(['pack', '--json', '--pack-destination', scratch], packageFolder))
  const own = join(scratch, packed.filename)
  const isThere = name => existsSync(join(consumer, 'node_modules', name))

  step('plait-colorless: the tarball holds what it should', () =>
    checkFiles(packed.files.map(file => file.path)),
  )
  step('plait-colorless: it needs what it should, and runs no install script', () => checkManifest(plait))
  step('plait-colorless: publint', () => void command(bin('publint'), ['run', own, '--strict'], root))
  step(
    'plait-colorless: attw',
    () => void command(bin('attw'), [own, '--profile', 'esm-only', '--no-emoji'], root),
  )

  step('programs are told where plait-colorless is absent', () => {
    mkdirSync(consumer)
    cpSync(programs, consumer, { recursive: true })
    writeFileSync(join(consumer, 'package.json'), '{ "private": true, "type": "module" }\n')
    npm(['install', tarball], consumer)
    checkAbsent(consumer)
  })
  step('plait-colorless: it installs beside plait', () => {
    unpack(own, join(consumer, 'node_modules', manifest.name))
    for (const name of dependencies) copyPackage(name, packageFolder, join(consumer, 'node_modules'))
    const missing = dependencies.filter(name => !isThere(name))
    if (missing.length > 0) throw new Error(`without ${missing.join(', ')}`)
  })
  step('plait-colorless: its types hold in a strict program', () => {
    const flags = ['--strict', '--skipLibCheck', '--noEmit', '--erasableSyntaxOnly', '--types', 'node']
    const language = ['--module', 'nodenext', '--target', 'es2024', '--allowImportingTsExtensions']
    const types = ['--typeRoots', join(root, 'node_modules/@types')]
    command(bin('tsc'), [...flags, ...language, ...types, 'app.ts', 'main.ts', 'uses-api.ts'], consumer)
  })
  for (const { name, binary } of nodes) {
    step(`${name}: node --import plait-colorless/register`, () => {
      // The second start takes what the first one has kept.
      checkApp(command(binary, ['--import', 'plait-colorless/register', 'app.ts'], consumer))
      checkApp(command(binary, ['--import', 'plait-colorless/register', 'app.ts'], consumer))
    })
    step(`${name}: plait run --colorless, and plait why`, () => {
      const run = ['run', '--colorless', 'main.ts', '1', '2', '3']
      expectText(command(binary, [join('node_modules/plait/bin/plait.js'), ...run], consumer), '6\n')
      const why = command(binary, ['node_modules/plait/bin/plait.js', 'why', 'work'], consumer)
      if (!/^work \(app\.ts:\d+:\d+\) can be suspended\n/.test(why))
        throw new Error(`printed ${JSON.stringify(why)}`)
    })
    step(`${name}: transform, explain and the plugin`, () =>
      expectText(command(binary, ['uses-api.ts'], consumer), 'ok\n'),
    )
  }

  function checkFiles(files) {
    const entries = Object.values(manifest.exports).filter(target => target.endsWith('.js'))
    const wanted = [
      ...['package.json', 'LICENSE', 'dist/runtime.js', 'dist/transformer.js'],
      ...entries.map(target => target.slice(2)),
      ...entries.map(target => target.slice(2).replace(/\.js$/, '.d.ts')),
    ]
    return checkTarball(packageFolder, files, wanted)
  }

  function checkAbsent(folder) {
    let message = ''
    try {
      command(process.execPath, ['node_modules/plait/bin/plait.js', 'run', '--colorless', 'main.ts'], folder)
    } catch (error) {
      message = error.message
    }
    if (!message.includes('npm install --save-dev plait-colorless')) throw new Error(message || 'it ran')
  }

  /** As npm would, without asking the registry. */
  function unpack(file, folder) {
    mkdirSync(folder, { recursive: true })
    command('tar', ['-xzf', file, '-C', folder, '--strip-components=1'], scratch)
  }
}

function checkManifest(plait) {
  const named = Object.keys(manifest.dependencies ?? {}).sort()
  if (named.join() !== dependencies.join()) throw new Error(`depends on ${named.join(', ')}`)
  const { version } = plait
  if (manifest.version !== version || manifest.peerDependencies?.plait !== version)
    throw new Error(
      `is ${manifest.version}, and wants plait ${manifest.peerDependencies?.plait}: plait is ${version}`,
    )
  const scripts = ['preinstall', 'install', 'postinstall'].filter(name => manifest.scripts?.[name])
  if (scripts.length > 0) throw new Error(`has ${scripts.join(', ')}`)
}

/** A dependency and those that it has, from where the project has them. */
function copyPackage(name, needing, modules) {
  const target = join(modules, name)
  if (existsSync(target)) return
  const from = findPackage(name, needing)
  if (from === undefined) throw new Error(`${name}, which ${needing} needs, is not installed`)
  const isPart = path => !path.slice(from.length).includes('node_modules')
  cpSync(from, target, { recursive: true, dereference: true, filter: isPart })
  const { dependencies: needed = {}, optionalDependencies: wanted = {} } = JSON.parse(
    readFileSync(join(from, 'package.json'), 'utf8'),
  )
  for (const one of Object.keys(needed)) copyPackage(one, from, modules)
  // Of the parts for each kind of machine there is the one for this.
  for (const one of Object.keys(wanted))
    if (findPackage(one, from) !== undefined) copyPackage(one, from, modules)
}

function findPackage(name, folder) {
  for (let at = folder; ; at = dirname(at)) {
    const found = join(at, 'node_modules', name)
    if (existsSync(join(found, 'package.json'))) return found
    if (dirname(at) === at) return undefined
  }
}

function checkApp(text) {
  const lines = text.trimEnd().split('\n')
  const source = readFileSync(join(programs, 'app.ts'), 'utf8').split('\n')
  const line = source.findIndex(one => one.includes('new RangeError')) + 1
  const column = (source[line - 1] ?? '').indexOf('new RangeError') + 1
  expectText(lines.join('\n'), [...said, `app.ts:${line}:${column}`].join('\n'))
}

function expectText(found, expected) {
  if (found !== expected) throw new Error(`printed ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`)
}
