import { realpathSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { twinOf } from '../coroutine/twin.ts'
import type { Waiting } from '../coroutine/wait.ts'
import { addFlag } from '../executors/inherited-flags.ts'
import { shareOwnKernel } from '../executors/worker/own-kernel.ts'
import { quietWarnings } from '../executors/worker/quiet-warnings.ts'
import { mainGreenlet } from '../greenlet/main.ts'
import { runBody } from '../tasks/run-body.ts'
import type { Runnable } from '../tasks/runnable.ts'
import { asking, type Loader, loadColorless } from './colorless.ts'
import { CommandError } from './command.ts'
import { describeLoadError } from './load-error.ts'
import { runFound } from './run-found.ts'

/** A program, ready to be run with its arguments. */
export interface Program {
  readonly name: string
  start(args: readonly string[]): Runnable<unknown>
}

const EXTENSIONS = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs']
const WAY_OUT = 'write "export default function* main(...args) { … }", or an async function'

/** Loads the module and finds its program. What is wrong with the file is said in one line. */
export async function loadProgram(file: string): Promise<Program> {
  const path = prepare(file)
  const found = defaultExport(await loadBeforeRun(file, path))
  if (found === undefined)
    throw new CommandError(`${file} has no program: it has no default export; ${WAY_OUT}`)
  return programOf(found, file)
}

/**
 * Finds a program whose files are transformed as they are loaded. Its module is loaded once it runs, since its top level is
 * run as the program is: it waits, it is cancelled. What it exports by default, if it does, comes after that.
 */
export function loadColorlessProgram(file: string, args: readonly string[]): Program {
  const path = prepare(file)
  const { startWith, registerUrl } = loadColorless<Loader>(
    'plait-colorless/register',
    dirname(path),
    '--colorless',
  )
  asking(() => startWith(path))
  addFlag('--import', registerUrl)
  // A top level has no parameters: it finds its arguments where it would without `plait run`.
  process.argv.splice(1, process.argv.length, path, ...args)
  return { name: 'main', start: () => runLoading(file, path, args) }
}

/** Gives the path of the file, by which Node will call it. */
function prepare(file: string): string {
  const path = resolve(file)
  checkFile(file, path)
  shareOwnKernel()
  quietWarnings()
  return realpathSync(path)
}

function* runLoading(file: string, path: string, args: readonly string[]): Waiting<unknown> {
  mainGreenlet.isWatched = true
  const loadAll = async (): Promise<object> => {
    const module = await load(file, path)
    // One of CommonJS does not wait for its top level, and has not exported everything before that has ended.
    await mainGreenlet.ended
    return module
  }
  const module = yield* runBody(loadAll, 'plait run')
  const commonjs = createRequire(path).cache[path]
  const found = defaultExport(commonjs === undefined ? module : { default: commonjs.exports })
  if (found === undefined || (commonjs !== undefined && isJustExports(found))) return
  const program = programOf(found, file)
  return yield* runFound(program.start(args), [])
}

function programOf(found: unknown, file: string): Program {
  if (typeof found === 'function') {
    if (isClass(found))
      throw new CommandError(`${file} has no program: its default export is a class; ${WAY_OUT}`)
    const body = found as (...args: string[]) => never
    const start = (args: readonly string[]): Runnable<unknown> =>
      twinOf(body) === undefined ? named(found.name, () => body(...args)) : runFound(body, args)
    return { name: found.name || 'main', start }
  }
  if (!isOperation(found))
    throw new CommandError(`${file} has no program: its default export is ${describe(found)}; ${WAY_OUT}`)
  return { name: 'main', start: () => found as Runnable<unknown> }
}

function checkFile(file: string, path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) throw new CommandError(`there is no file ${file} (looked for ${path})`)
  if (stats.isDirectory()) throw new CommandError(`${file} is a folder: name the file to run in it`)
  if (!EXTENSIONS.includes(extname(path)))
    throw new CommandError(
      `${file} is no module that can be run: its name must end in ${EXTENSIONS.join(', ')}`,
    )
}

async function loadBeforeRun(file: string, path: string): Promise<object> {
  const neverLoaded = (): void => {
    process.stderr.write(
      `plait: ${file} never finishes loading: a top-level await in it, or in an import, never ends\n`,
    )
    process.exitCode = 1
  }
  process.once('beforeExit', neverLoaded)
  try {
    return await load(file, path)
  } finally {
    process.off('beforeExit', neverLoaded)
  }
}

async function load(file: string, path: string): Promise<object> {
  try {
    return await import(pathToFileURL(path).href)
  } catch (error) {
    const line = describeLoadError(file, path, error)
    throw line === undefined ? error : new CommandError(line)
  }
}

/** CommonJS that was compiled from a module keeps its default export one step further in. */
function defaultExport(module: { default?: unknown }): unknown {
  const found = module.default
  const inner =
    typeof found === 'object' && found !== null ? (found as { default?: unknown }).default : undefined
  return inner ?? found
}

/** The task that runs it is called after the function, not after the wrapper that passes the arguments. */
function named<F extends () => unknown>(name: string, fn: F): F {
  return Object.defineProperty(fn, 'name', { value: name || 'main' })
}

function isClass(fn: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(fn))
}

function isOperation(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value) || ArrayBuffer.isView(value) || value instanceof Map || value instanceof Set)
    return false
  return typeof (value as { [Symbol.iterator]?: unknown })[Symbol.iterator] === 'function'
}

/** What CommonJS exports is no program of its own where it is just a collection of names. */
function isJustExports(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !isOperation(value)
}

function describe(value: unknown): string {
  if (value === null) return 'null'
  if (typeof (value as { then?: unknown }).then === 'function') return 'a promise, which runs already'
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object'
  return `the ${typeof value} ${JSON.stringify(value) ?? String(value)}`
}
