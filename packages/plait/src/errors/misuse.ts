import { show } from './show.ts'

/**
 * Every mistake this library knows how to name, in one table: what happened, with which values, and the way out.
 * A test makes each of these mistakes, row by row.
 */
const TABLE = {
  // Coroutines driven by hand
  sentBeforeStart: (name: string, value: unknown) =>
    `coroutine "${name}" has not started, so send(${show(value)}) would be lost: call next() first, or make it with primed(…)`,
  alreadyRunning: (name: string) =>
    `coroutine "${name}" is running: it cannot be resumed from inside itself; let it suspend first, or make another one`,
  ignoredExit: (name: string, value: unknown) =>
    `coroutine "${name}" yielded ${show(value)} while it was being closed: after GeneratorExit it must return or throw`,
  drivenElsewhere: (name: string, by: string) =>
    `coroutine "${name}" is being waited for by ${by}: it cannot be driven by hand as well; make another one with its function`,
  waitResumedByHand: (name: string) =>
    `${name} was stepped while the wait it stands in is not over: a task resumes it in time, createTask(…) or run(…); and what can be waited for cannot be iterated (for…of, [...task], brackets forgotten around a task): write yield* or await`,
  tooDeepByValue: () =>
    'coroutines that delegate to each other hundreds deep were stepped by a for…of or by hand from a plain generator: step the outermost coroutine itself, or give it to a task',
  stopIteration: (name: string) =>
    `coroutine "${name}" threw an iterator result: the end of a coroutine is told with return, not with throw`,
  notAGeneratorFunction: (value: unknown, taker = 'coroutine') =>
    `${taker}(…) takes a generator function, function* () {…}, and got ${show(value)}`,

  // Waiting
  waitedTwice: (what: string) =>
    `${what} was already waited for, and a call that waits is waited for once: call it again, or keep it with createTask(…), which may be waited for any number of times`,
  coroutineReused: (name: string) =>
    `coroutine "${name}" was already waited for: call its function again for a fresh one, or keep one with createTask(…), which may be waited for any number of times`,
  forgottenStar: (what: string) => `yield ${what} waits for nothing: write yield* ${what}`,
  notAPromise: (value: unknown) =>
    `until(…) takes a promise or a function that returns one, and got ${show(value)}`,
  yieldedPromise: () => 'yield got a promise: write yield* until(promise)',
  notAWait: (what: unknown) =>
    `yield got ${show(what)}, which is no wait: in a task, write yield* with something to wait for, or a bare yield to give way`,
  awaitedItself: (task: string) => `${task} waits for itself, which can never end: wait for another task`,

  // Making tasks
  notRunnable: (what: unknown) =>
    `${show(what)} cannot be run as a task: pass a generator, a coroutine, or a function that returns one or is async`,
  promiseAsTask: () =>
    'a promise already runs outside any task: pass the function, () => load(url), to make a task of it, or wait with until(promise)',
  returnedNothingToRun: (name: string, value: unknown) =>
    `${name} returned ${show(value)}: a task's function must be a generator function, a coroutine or async`,
  settledTask: (method: string) =>
    `a Task gets its result from its own body: ${method}() is for a Future, made with new Future()`,

  // Times and limits
  badDelay: (what: string, value: unknown) => `${what} takes a number of milliseconds and got ${show(value)}`,
  notAList: (what: string, value: unknown) => `${what} takes a list, [a, b], and got ${show(value)}`,
  listNotSpread: (what: unknown) =>
    `${show(what)} cannot be run as a task: pass its elements one by one, as in gather(...list)`,
  notASignal: (value: unknown) =>
    `signal takes an AbortSignal, as new AbortController().signal is, and got ${show(value)}`,
  notAContext: (value: unknown) =>
    `context takes a Context, as copyContext() gives it, and got ${show(value)}`,
  badClock: (value: unknown) =>
    `clock takes 'monotonic', 'virtual' or an object with now(), and got ${show(value)}`,
  badHost: (value: unknown) =>
    `host takes an object with schedule(), setTimer() and clearTimer(), as defaultHost() gives it, and got ${show(value)}`,
  noTaskMade: (value: unknown) => `the task factory of this loop gave ${show(value)}: it must return a task`,
  nothingToWaitFor: () => 'wait([]) has nothing to wait for: pass at least one task or future',
  waitNeedsTasks: (what: unknown) =>
    `wait(…) takes tasks and futures and got ${show(what)}: make a task of it with createTask(…), so that you can tell it apart afterwards`,
  unknownReturnWhen: (what: unknown) =>
    `returnWhen is 'FIRST_COMPLETED', 'FIRST_EXCEPTION' or 'ALL_COMPLETED', and was ${show(what)}`,
  timeoutNotEntered: () => 'this timeout has not been entered: reschedule() works inside its body',
  timeoutOver: (state: string) => `this timeout is ${state}: reschedule() works inside its body`,
  scopeOutsideTask: (what: string) =>
    `${what} needs a task to interrupt: use it inside run(…) or createTask(…), or await it, which makes a task of it`,

  // Groups
  groupFinished: () => 'this task group has ended: createTask() works inside its body',
  groupShuttingDown: () =>
    'this task group is shutting down after a failure or a cancel: no task can join it',

  // What tasks wait on together
  badCount: (what: string, least: number, value: unknown) =>
    `${what} takes a whole number, ${least} or more, and got ${show(value)}`,
  lockNotHeld: (lock: string) =>
    `${lock} is free, so it cannot be released: release() follows an acquire(), once; "using held = yield* lock.acquire()" does it by itself`,
  conditionNotHeld: (method: string) =>
    `${method}() needs the lock of its condition: call it between acquire() and release(), or inside condition.hold(…)`,
  asyncPredicate: () =>
    'waitFor(predicate) asks its predicate at once, and got a promise: pass a plain function that looks and returns',
  releasedTooOften: (bound: number) =>
    `this BoundedSemaphore has all its ${bound} permits back already: release() follows an acquire(), once`,
  taskDoneTooOften: () =>
    'taskDone() was called more often than items were put into the queue: call it once for each',
  incomparable: (value: unknown) =>
    `a PriorityQueue does not know where to put ${show(value)}: put numbers, strings, dates or [priority, item], or make it with { compare: (a, b) => … }`,
  badComparison: (value: unknown) => `compare(a, b) must return a number, and returned ${show(value)}`,
  channelClosedTwice: (channel: string) => `${channel} is closed already: whoever sends closes it, once`,
  notSelectable: (kind: string, value: unknown) =>
    `select cannot take ${show(value)} as its case "${kind}", since it could not be withdrawn without loss: make a task of it with createTask(…)`,
  badCases: (value: unknown) => `select takes its cases by name, { job: jobs.get() }, and got ${show(value)}`,
  emptySelect: () => 'select({}) could never end: give it a case, or default: null',
  badDefault: (value: unknown) => `the case "default" of a select is null, and was ${show(value)}`,

  // Bridges
  notASource: (value: unknown) =>
    `a source is a list, an iterator, an async iterable, a stream or a channel, and was ${show(value)}; for a single item write [item]`,
  waitAsItem: () =>
    'sourceOf(…) got a generator that waits: make its function with asyncGenerator(…), and hand items over with yield* emit(item)',
  notASink: (value: unknown) =>
    `pipe(…) takes a channel, a WritableStream or a Node stream to write to, and got ${show(value)}`,
  notAnEmitter: (what: string, value: unknown) =>
    `${what} takes an EventEmitter or an EventTarget, and got ${show(value)}`,
  badEventName: (what: string, value: unknown) =>
    `${what} takes the name of an event, and got ${show(value)}`,
  badOverflow: (value: unknown) =>
    `overflow is 'error', 'dropOldest' or 'dropNewest', and was ${show(value)}`,
  notAnUndo: (value: unknown) =>
    `fromCallback(…) takes a function that returns nothing, or what undoes it, and it returned ${show(value)}: end it with braces, resolve => { setTimeout(resolve, 5) }, or use until(…) for a promise`,
  emittedTooLate: (name: string) =>
    `${name} was left or has ended, and then emitted an item, which nobody would take: in a finally, only clean up`,

  // Managers
  managerReused: (name: string) =>
    `${name} was entered already, and a manager is entered once: call its function again for another`,
  managerNeverYielded: (name: string) =>
    `${name} ended without a yield: a manager yields once, where what it is entered for runs`,
  managerYieldedTwice: (name: string) =>
    `${name} yielded a second time: a manager yields once, where what it is entered for runs`,
  managerWaits: (name: string) =>
    `${name} waits, and is entered and left at once: make it with asynccontextmanager(…)`,
  exitWaits: (name: string, answer: unknown) =>
    `${name} is left at once, but leaving it gave ${show(answer)}, to be waited for: use an AsyncExitStack`,
  stackClosed: (name: string) =>
    `this ${name} is closed, and would never leave what it is given now: make another one`,
  notEnterable: (name: string, value: unknown) =>
    `${name} cannot enter ${show(value)}: it takes context managers and what has [Symbol.dispose]() (what waits to be left, only an AsyncExitStack), or give push() or callback() a function`,
  nothingToClose: (value: unknown) => `closing(…) takes something with close(), and got ${show(value)}`,
  notAnErrorClass: (value: unknown) => `suppress(…) takes error classes, and got ${show(value)}`,

  // Loops
  loopClosed: () => 'this event loop is closed: make another one with new EventLoop()',
  loopRunning: (method: string) => `${method}() needs a loop that is not running: stop it first`,
  loopStopped: () =>
    'the event loop was stopped before what it was running had ended: let it end, or call runUntilComplete() again',
  callbackNotAFunction: (method: string, value: unknown) =>
    `${method}(…) takes a function and got ${show(value)}`,
  runnerClosed: () => 'this Runner is closed: make another one',

  // Context
  contextEntered: () => 'this context is entered already: use its copy, context.copy().run(…)',
  noContextValue: (name: string) =>
    `context variable "${name}" has no value here: set it, or give it a default when it is made`,
  tokenUsed: (name: string) =>
    `this token of "${name}" was used already: each set() gives a token for one reset()`,
  tokenElsewhere: (name: string) =>
    `this token of "${name}" was made in another context, or for another variable: reset it where it was set`,
} as const

export type MisuseCode = keyof typeof TABLE

/** The codes of every mistake the library names. */
export const misuseCodes: readonly MisuseCode[] = Object.keys(TABLE) as MisuseCode[]

/**
 * The library was used in a way that cannot work. `code` names the mistake; the message says what happened, with
 * which value, and what to write instead.
 *
 * @example
 * ```ts
 * try { echo().send(5) } catch (error) { if (error instanceof MisuseError) console.log(error.code) } // 'sentBeforeStart'
 * ```
 */
export class MisuseError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
MisuseError.prototype.name = 'MisuseError'

/** The error for one row of the table. */
export function misuse<C extends MisuseCode>(
  code: C,
  ...details: Parameters<(typeof TABLE)[C]>
): MisuseError {
  const message = TABLE[code] as (...details: unknown[]) => string
  return new MisuseError(code, message(...details))
}
