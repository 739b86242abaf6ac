import { statSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { shareOwnKernel } from '../executors/worker/own-kernel.ts'
import { quietWarnings } from '../executors/worker/quiet-warnings.ts'
import type { Runnable } from '../tasks/runnable.ts'
import { CommandError } from './command.ts'
import { describeLoadError } from './load-error.ts'

/** A program, ready to be run with its arguments. */
export interface Program {
  readonly name: string
  start(args: readonly string[]): Runnable<unknown>
}

const EXTENSIONS = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs']
const WAY_OUT = 'write "export default function* main(...args) { … }", or an async function'

/** Loads the module and finds its program. What is wrong with the file is said in one line. */
export async function loadProgram(file: string): Promise<Program> {
  const path = resolve(file)
  checkFile(file, path)
  shareOwnKernel()
  quietWarnings()
  const module = await load(file, path)
  const found = defaultExport(module)
  if (found === undefined)
    throw new CommandError(`${file} has no program: it has no default export; ${WAY_OUT}`)
  if (typeof found === 'function') {
    if (isClass(found))
      throw new CommandError(`${file} has no program: its default export is a class; ${WAY_OUT}`)
    const body = found as (...args: string[]) => never
    return { name: found.name || 'main', start: args => named(found.name, () => body(...args)) }
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

async function load(file: string, path: string): Promise<{ default?: unknown }> {
  const neverLoaded = (): void => {
    process.stderr.write(
      `plait: ${file} never finishes loading: a top-level await in it, or in an import, never ends\n`,
    )
    process.exitCode = 1
  }
  process.once('beforeExit', neverLoaded)
  try {
    return await import(pathToFileURL(path).href)
  } catch (error) {
    const line = describeLoadError(file, path, error)
    throw line === undefined ? error : new CommandError(line)
  } finally {
    process.off('beforeExit', neverLoaded)
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

function describe(value: unknown): string {
  if (value === null) return 'null'
  if (typeof (value as { then?: unknown }).then === 'function') return 'a promise, which runs already'
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object'
  return `the ${typeof value} ${JSON.stringify(value) ?? String(value)}`
}
