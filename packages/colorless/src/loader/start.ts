import nodeModule from 'node:module'
import { pathToFileURL } from 'node:url'
import { type Configuration, readConfiguration, tellChildren } from './configuration.ts'
import { Hooks } from './hooks.ts'

const LEAST: readonly [number, number] = [22, 18]

/** One set of hooks for each thread, however often and from however many copies it is asked for. */
const STARTED = Symbol.for('plait-colorless.hooks')
const kept = globalThis as { [STARTED]?: Hooks }

/**
 * From now on transforms what this thread loads. `process.argv[1]` is the program's first file.
 *
 * @throws ConfigurationError that names the wrong key or value
 */
export function start(): void {
  if (kept[STARTED] !== undefined) return
  const configuration = readConfiguration(process.argv[1])
  tellChildren(configuration)
  const hooks = new Hooks(configuration)
  kept[STARTED] = hooks
  hooks.register()
  mapPositions(configuration)
}

/**
 * The program begins with this file, which is loaded by something else: by the command that it is an argument of.
 *
 * @throws ConfigurationError that names the wrong key or value
 */
export function startWith(path: string): void {
  start()
  const configuration = readConfiguration(path)
  tellChildren(configuration)
  kept[STARTED]?.restart(configuration, pathToFileURL(path).href)
  mapPositions(configuration)
}

/** Says what is wrong with a Node that has no hooks; undefined if nothing is. */
export function complaintOf(version: string): string | undefined {
  const [major, minor] = version.split('.').map(Number) as [number, number]
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return undefined
  return `Node ${version} is too old, ${LEAST.join('.')} is the least: get a newer one at https://nodejs.org`
}

/** Stacks tell of the files as they were written. Those of packages only where some are transformed: to read their maps takes time. */
function mapPositions({ packages }: Configuration): void {
  const nodeModules = packages.length > 0
  if ('setSourceMapsSupport' in nodeModule)
    nodeModule.setSourceMapsSupport(true, { nodeModules, generatedCode: false })
  else process.setSourceMapsEnabled(true)
}
