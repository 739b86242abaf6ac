import { nativeStack } from './native-stack.ts'

/**
 * What a piece of work sees around itself: the values of context variables, and the host's own context (its
 * AsyncLocalStorage stores). Immutable, so that giving a child its parent's is copying a pointer.
 */
export class Surroundings {
  readonly vars: ReadonlyMap<object, unknown>
  readonly scope: HostScope | undefined

  constructor(vars: ReadonlyMap<object, unknown>, scope: HostScope | undefined) {
    this.vars = vars
    this.scope = scope
  }
}

/** The host's context as it was at some place, to be entered again. */
export interface HostScope {
  runInAsyncScope<A, R>(fn: (argument: A) => R, thisArg: undefined, argument: A): R
}

export const NOWHERE: Surroundings = new Surroundings(new Map(), undefined)

/** Something that keeps surroundings: a task, a callback, a context, the world outside. */
export interface Seat {
  _context: Surroundings
}

/** The seat of whatever belongs to no task. */
export const world: Seat = { _context: NOWHERE }

/**
 * Whose code is running on this thread. A task's step only says so itself, in `strand`: it is every switch, and two
 * writes would cost a tenth of it. `seat` is for whatever runs in surroundings other than its task's: callbacks,
 * `context.run`. With neither, an async function is between steps, or nobody of ours runs: `outside` knows.
 */
export const running: { strand: Seat | undefined; seat: Seat | undefined; outside: () => Seat } = {
  strand: undefined,
  seat: undefined,
  outside: () => world,
}

/** The seat of the running code. */
export function currentSeat(): Seat {
  return running.seat ?? running.strand ?? running.outside()
}

/** Runs a function in the surroundings of a seat, which keeps what they become. */
export function inside<A extends readonly unknown[], R>(seat: Seat, fn: (...args: A) => R, args: A): R {
  const before = running.seat
  running.seat = seat
  try {
    return fn(...args)
  } finally {
    running.seat = before
  }
}

/** As `inside`, for what belongs to no task or to another one (a callback, a step), in the host's context it was made in. */
export function apart<A>(
  seat: Seat,
  scope: HostScope | undefined,
  fn: (argument: A) => void,
  argument: A,
): void {
  const { seat: seatBefore, strand } = running
  running.seat = seat
  running.strand = undefined
  try {
    if (scope === undefined) fn(argument)
    else scope.runInAsyncScope(fn, undefined, argument)
  } finally {
    running.seat = seatBefore
    running.strand = strand
  }
}

/** Steps that began inside other steps (an eager start, an awaited operation): whoever is below goes on later. */
const below: unknown[] = []

/** Runs a step inside another's, or outside any: the running task is swapped, and swapped back. */
export function nested<A>(
  seat: Seat,
  scope: HostScope | undefined,
  step: (argument: A) => void,
  argument: A,
): void {
  const { depth, noSuspend } = nativeStack
  nativeStack.noSuspend = 0
  below.push(running.strand)
  try {
    apart(seat, scope, step, argument)
  } finally {
    below.pop()
    nativeStack.depth = depth
    nativeStack.noSuspend = noSuspend
  }
}

/** How many steps are under way below this one, which began inside them. */
export function nesting(): number {
  return below.length
}

/** Whether a step of this strand is on the stack. */
export function isStepping(strand: unknown): boolean {
  return strand !== undefined && (running.strand === strand || below.includes(strand))
}
