import { fromTable, type MisuseError } from './misuse-error.ts'
import { show } from './show.ts'

/** What can be done wrong with gevent's part. */
const TABLE = {
  waiterInUse: () =>
    'another greenlet waits at this Waiter already, and one value is for one: use an AsyncResult, which any number may wait for',
  notAFunctionToRun: (what: string, value: unknown) =>
    `${what} takes a function to run, and got ${show(value)}`,
  timeoutPending: (text: string) => `${text} is started already: cancel() it first, to start it anew`,
  timeoutClosed: (text: string) => `${text} is closed and cannot be started again: make a new one`,
  notLinkable: (what: string, value: unknown) =>
    `${what} takes greenlets, events and whatever else has rawlink() and unlink(), and got ${show(value)}`,
  linkNotCallable: (value: unknown) =>
    `a link is a function, or an AsyncResult, which is told of the end, and is not ${show(value)}`,
  notAMember: (value: unknown) => `a group has greenlets, and ${show(value)} is none: spawn(fn, …) makes one`,
  poolWithoutExecutor: (value: unknown) =>
    `new ThreadPool(executor) takes what has functions called elsewhere, as the executors of "plait/executors" do, and got ${show(value)}`,
  poolOfAnotherLoop: () =>
    'a ThreadPool belongs to the loop that it was made on, and this is another: make one here, of the same executor if you like',
  badPermits: (what: string, value: unknown) =>
    `${what} takes how many permits there are, a whole number from 0 on, and got ${show(value)}`,
  lockOfAnother: (owner: string, by: string) =>
    `release() was called by ${by}, and the lock is held by ${owner}: whoever has it gives it back`,
  badQueueSize: (value: unknown) =>
    `a queue takes how many items it has room for, a whole number, 0 or none for any number, and got ${show(value)}`,
} as const

type Code = keyof typeof TABLE

/** The codes of the mistakes in this table. */
export const codes: readonly string[] = Object.keys(TABLE)

/** The error for one row of the table. */
export function misuse<C extends Code>(code: C, ...details: Parameters<(typeof TABLE)[C]>): MisuseError {
  return fromTable(TABLE, code, details)
}
