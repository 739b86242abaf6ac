import { misuse } from '../errors/misuse.ts'

/**
 * The whole contract between whoever waits and whoever drives, in one page.
 *
 * A wait is `yield*`-ed. Its iterator's first `next()` either ends at once (the wait was satisfied: no turn is taken)
 * or gives SUSPENDED, whose `value` is what to park on. Native `yield*` hands that very object up through any number
 * of generators, so the driver knows it by identity: a result that is not SUSPENDED was made by a plain `yield`.
 * When the wait is over the driver resumes the innermost generator with *what it was parked on*, so one shared
 * iterator serves every wait of a kind and a wait needs no iterator object of its own.
 */

declare const waitBrand: unique symbol
declare const resumeBrand: unique symbol

/** What a coroutine in a task yields: opaque, made by the library's waits alone. A bare `yield` gives way for a turn. */
export type Wait = undefined | { readonly [waitBrand]: never }

/** What a wait is resumed with: opaque, so that only a driver can do it. */
export type Resume = { readonly [resumeBrand]: never }

/**
 * Something to `yield*` in a coroutine: a generator, a coroutine, a task, any wait.
 *
 * @example
 * ```ts
 * function* load(url: string): Operation<Page> { return parse(yield* fetchText(url)) }
 * ```
 */
export interface Operation<T> {
  [Symbol.iterator](): Iterator<Wait, T, Resume>
}

/**
 * What every wait of the library returns: `yield*` it in a generator, `await` it in an async function.
 *
 * @example
 * ```ts
 * yield* sleep(10)  // in a generator
 * await sleep(10)   // in an async function
 * ```
 */
export interface Awaitable<T> extends Operation<T>, PromiseLike<T> {}

/**
 * A wait that can be withdrawn without loss, so that it may be one of several in a `select`: a task, a future, a sleep,
 * what locks, queues and channels give. A coroutine cannot, halfway through: make it a task.
 *
 * @example
 * ```ts
 * const choice = yield* select({ job: jobs.get(), tick: sleep(1000) })
 * ```
 */
export interface Selectable<T> extends Awaitable<T> {
  /** Only in types: what tells it from waits that cannot be withdrawn. */
  readonly _selectable: true
}

/** The generators the library's own waits are written as. */
export type Waiting<T> = Generator<Wait, T, Resume>

/** The options every wait takes. */
export interface WaitOptions {
  /** Ends the wait by throwing the signal's reason; at once if it is aborted already. */
  signal?: AbortSignal | undefined
}

/** What `yield*` sees from one `next()`; its `value` is read at once by the driver and means nothing later. */
export interface Suspended {
  readonly done: false
  value: unknown
}

export const SUSPENDED: Suspended = { done: false, value: undefined }

/** Park on this and the task is queued again at once: one turn for the others. It is also what resumes such a wait. */
export const TURN: object = Object.freeze({ describe: () => 'its next turn' })

/** What the wait for a turn gives in place of SUSPENDED: it is the commonest, and this one needs no writing to. */
export const TURNING: { readonly done: false; readonly value: object } = Object.freeze({
  done: false,
  value: TURN,
})

/**
 * A suspension on its way up through coroutines that delegate to each other. Native `yield*` hands the innermost
 * result object up unchanged, so the driver that receives `result` knows whose it is, and takes over from `leaf`.
 */
export const passing: { result: unknown; leaf: Frame | undefined; top: Frame | undefined } = {
  result: undefined,
  leaf: undefined,
  top: undefined,
}

/**
 * A callee that was not entered, because the native stack was deep already: the driver that receives this enters it
 * from its own loop. Anyone else who reads the value is told that they cannot go that deep.
 */
export const HANDED_OVER: { readonly done: false; readonly value: never } = {
  done: false,
  get value(): never {
    throw misuse('tooDeepByValue')
  },
}

/**
 * All that a plain function in a greenlet ever yields: a suspension is on its way up through plain functions, and
 * `passing` holds the innermost wait's own result and the frames so far; none, where the wait keeps no state of its own
 * and needs no frame (see `bare`).
 */
export const PASSED: object = Object.freeze({ describe: () => 'a wait in a plain function' })

/** What a driver needs of a coroutine on its stack. */
export interface Frame {
  _gen: Iterator<unknown, unknown, unknown>
  _flags: number
  _caller: Frame | undefined
  _inner: Frame | undefined
  _strand: Strand | undefined
  _result: unknown
  readonly name: string
}

/** What a driver is, to the stack: the innermost coroutine, from which the others are reached. */
export interface Strand {
  /** The generator that a strand without a frame resumes. */
  _gen: Iterator<unknown, unknown, unknown> | undefined
  /** The innermost coroutine; undefined while there is none but a generator at the root. */
  _leaf: Frame | undefined
}

/** Leaves word of what to park on, and gives what an iterator's first `next()` returns. */
export function suspendOn(target: unknown): Suspended {
  passing.result = undefined
  SUSPENDED.value = target
  return SUSPENDED
}

/**
 * The iterators of waits that keep no state: those of a turn, of futures and of switches. A plain function that calls such a wait is
 * resumed, in the wait's place, with what that was parked on, whose `_result` is what the call gives.
 */
export const bare: { turn: unknown; future: unknown; switch: unknown } = {
  turn: undefined,
  future: undefined,
  switch: undefined,
}
