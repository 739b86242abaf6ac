import { fromTable, type MisuseError } from './misuse-error.ts'
import { show } from './show.ts'

/**
 * The mistakes this library knows how to name: what happened, with which values, and the way out. Those of the kernel;
 * each of the parts above has a table of its own, so that a bundle holds what it uses. A test makes every one of these
 * mistakes, row by row.
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
    `${show(what)} cannot be run as a task: pass a generator, a coroutine, or a function that returns one, is async, or plain under the colorless transform`,
  promiseAsTask: () =>
    'a promise already runs outside any task: pass the function, () => load(url), to make a task of it, or wait with until(promise)',
  returnedNothingToRun: (name: string, value: unknown) =>
    `${name} returned ${show(value)}: a task's function must be a generator function, a coroutine or async; a plain one runs as a task where the colorless transform (plait-colorless) has its file`,
  noTwin: (taker: string, fn: unknown) =>
    `${taker} takes a plain function that can be suspended, and got ${show(fn)}: let the colorless transform (plait-colorless) have its file; generators, coroutines and async functions need no ${taker}`,
  settledTask: (method: string) =>
    `a Task gets its result from its own body: ${method}() is for a Future, made with new Future()`,

  // Times and limits
  badOptions: (what: string, value: unknown) =>
    `${what} takes its options by name, as an object, and got ${show(value)}`,
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

  // Loops
  loopClosed: () => 'this event loop is closed: make another one with new EventLoop()',
  notALoop: (value: unknown) =>
    `runCoroutineThreadsafe(what, loop) takes an EventLoop, as getEventLoop() gives it, and got ${show(value)}`,
  loopRunning: (method: string) => `${method}() needs a loop that is not running: stop it first`,
  loopStopped: () =>
    'the event loop was stopped before what it was running had ended: let it end, or call runUntilComplete() again',
  callbackNotAFunction: (method: string, value: unknown) =>
    `${method}(…) takes a function and got ${show(value)}`,
  noDefaultExecutor: () =>
    'this loop has no executor: import "plait/executors", whose thread pool is the default, or give it one with loop.setDefaultExecutor(…)',
  notAnExecutor: (value: unknown) =>
    `an executor is an object with submit() and shutdown(), as new ThreadPoolExecutor() is, and got ${show(value)}`,
  runnerClosed: () => 'this Runner is closed: make another one',

  // Context
  contextEntered: () => 'this context is entered already: use its copy, context.copy().run(…)',
  noContextValue: (name: string) =>
    `context variable "${name}" has no value here: set it, or give it a default when it is made`,
  contextNotSent: (name: string, why: string) =>
    `context variable "${name}" has a value where the job was submitted, which could not be sent along: ${why}`,
  tokenUsed: (name: string) =>
    `this token of "${name}" was used already: each set() gives a token for one reset()`,
  tokenElsewhere: (name: string) =>
    `this token of "${name}" was made in another context, or for another variable: reset it where it was set`,
} as const

type Code = keyof typeof TABLE

/** The codes of the mistakes in this table. */
export const codes: readonly string[] = Object.keys(TABLE)

/** The error for one row of the table. */
export function misuse<C extends Code>(code: C, ...details: Parameters<(typeof TABLE)[C]>): MisuseError {
  return fromTable(TABLE, code, details)
}
