import { fromTable, type MisuseError } from './misuse-error.ts'
import { show } from './show.ts'

/** What can be done wrong with what tasks wait on together. */
const TABLE = {
  badCount: (what: string, least: number, value: unknown) =>
    `${what} takes a whole number, ${least} or more, and got ${show(value)}`,
  lockNotHeld: (lock: string) =>
    `${lock} is free, so it cannot be released: release() follows an acquire(), once; "using held = yield* lock.acquire()" does it by itself`,
  conditionNotHeld: (method: string) =>
    `${method}() needs the lock of its condition: call it between acquire() and release(), or inside condition.hold(…)`,
  notALock: (value: unknown) =>
    `new Condition(lock, options) takes a Lock, or undefined for one of its own, and got ${show(value)}`,
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
} as const

type Code = keyof typeof TABLE

/** The codes of the mistakes in this table. */
export const codes: readonly string[] = Object.keys(TABLE)

/** The error for one row of the table. */
export function misuse<C extends Code>(code: C, ...details: Parameters<(typeof TABLE)[C]>): MisuseError {
  return fromTable(TABLE, code, details)
}
