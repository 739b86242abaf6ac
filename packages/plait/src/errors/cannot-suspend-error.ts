import { inTheWay, type Obstacle, readStack } from './in-the-way.ts'

/**
 * A plain wait was called where nothing can be suspended: outside any greenlet, or under a function that cannot be
 * suspended itself. It has not begun. The message names the function in the way, and what to do.
 *
 * @example
 * ```ts
 * try { [3, 1].toString = () => { sleep(1); return '' } } catch (error) { if (error instanceof CannotSuspendError) … }
 * ```
 */
export class CannotSuspendError extends Error {}
CannotSuspendError.prototype.name = 'CannotSuspendError'

/** How many frames are read: the first function in the way may stand far below the wait. */
const DEEPEST_READ = 200

const UNREADABLE =
  'no greenlet runs here, or a function that is not transformed is in the way (which one, a build that keeps the names of functions tells)'

/** Where a wait was called. */
export interface Spot {
  /** Below it somewhere, a function that cannot be suspended has called back. */
  readonly isSync: boolean
  /** A task runs, whatever it runs. */
  readonly inTask: boolean
  /** There is transformed code in this program. */
  readonly isTransformed: boolean
}

/** The error for a wait that was called here; `below` is its function, which the stack begins beneath. */
export function cannotSuspend(
  what: string,
  spot: Spot,
  below?: (...args: never[]) => unknown,
): CannotSuspendError {
  // A minifier that renames functions leaves a stack that says nothing.
  const text = cannotSuspend.name === 'cannotSuspend' ? say(read(spot, below), spot) : UNREADABLE
  const error = new CannotSuspendError(`${what} cannot suspend here: ${text}`)
  if (below !== undefined) Error.captureStackTrace?.(error, below)
  return error
}

function read(spot: Spot, below: ((...args: never[]) => unknown) | undefined): Obstacle {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = DEEPEST_READ
  const seen = new Error()
  if (below !== undefined) Error.captureStackTrace?.(seen, below)
  const mapped = readStack(seen.stack ?? '')
  const names = below === undefined ? [] : namesBelow(below)
  Error.stackTraceLimit = limit
  const lines = mapped.map((line, i) => {
    const name = names[i]
    return name?.startsWith('plait') === true ? { ...line, name } : line
  })
  return inTheWay(lines, spot.isSync)
}

/**
 * What the functions of this stack are called, which is how those of plait are known. In a stack that a source map has gone
 * over they have the names that their callers have imported them by.
 */
function namesBelow(below: (...args: never[]) => unknown): readonly (string | null | undefined)[] {
  const before = Error.prepareStackTrace
  Error.prepareStackTrace = (_, sites) => sites.map(site => site.getFunctionName())
  const seen: { stack?: unknown } = {}
  Error.captureStackTrace?.(seen, below)
  const names = seen.stack
  Error.prepareStackTrace = before
  return Array.isArray(names) ? names : []
}

function say({ kind, name, place, package: owner }: Obstacle, { inTask, isTransformed }: Spot): string {
  if (!isTransformed)
    return 'nothing in this program has been transformed: start it with "node --import plait-colorless/register FILE" or "plait run --colorless FILE", or give the bundler the plugin of plait-colorless'
  const at = place === undefined ? '' : ` (${place})`
  switch (kind) {
    case 'nowhere':
      return inTask
        ? `${name}${at} runs in a task, but not as a greenlet: in an async function await the waits of plait, or await call(fn); in a callback make a task of it with createTask(fn)`
        : `${name}${at} runs outside of any greenlet: run it with createTask(fn), run(fn) or yield* call(fn)`
    case 'package':
      return owner === 'plait'
        ? `${name}${at} of plait is in the way, and calls a plain function as it is: wait before it, and hand it what that gave`
        : `${name}${at} is in the way, and its package is not transformed: add it, PLAIT_COLORLESS_PACKAGES=${owner}, or "packages" of the transform's options`
    case 'native':
      return `${name} is in the way${place === undefined ? '' : `, called at ${place}`}, a function of the engine's own that calls back: wait before it, and hand it what that gave`
    case 'host':
      return `${name}${at} is in the way, which calls back from the host: make a task there with createTask(fn)`
    case 'accessor':
      return `${name}${at} is in the way, a getter or setter: make it a method`
    case 'construction':
      return `${name}${at} is in the way: wait before it, and construct with what that gave`
    case 'static':
      return `the static initializer at ${place} is in the way: wait in a static method, called when the class is there`
    case 'conversion':
      return `${name}${at} is in the way, which the engine calls by itself: wait before it, and keep what that gave`
    case 'generator':
      return `the generator ${name}${at} is in the way: make it inside the greenlet; one of coroutines writes yield* and the waits of plait`
    case 'function':
      return `${name}${at} is in the way: if it is async, await the waits of plait in it; if it was made outside of a greenlet, make it inside; else let the transform have its file`
  }
}
