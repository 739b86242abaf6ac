import { fromTable, type MisuseError } from './misuse-error.ts'
import { show } from './show.ts'

/** What can be done wrong with gevent's part. */
const TABLE = {
  waiterInUse: () =>
    'another greenlet waits at this Waiter already, and one value is for one: use an AsyncResult, which any number may wait for',
  notAFunctionToRun: (what: string, value: unknown) =>
    `${what} takes a function to run, and got ${show(value)}`,
  timeoutPending: (text: string) => `${text} is started already: cancel() it first, to start it anew`,
  notLinkable: (what: string, value: unknown) =>
    `${what} takes greenlets, events and whatever else has rawlink() and unlink(), and got ${show(value)}`,
  linkNotCallable: (value: unknown) =>
    `a link is a function, or an AsyncResult, which is told of the end, and is not ${show(value)}`,
} as const

type Code = keyof typeof TABLE

/** The codes of the mistakes in this table. */
export const codes: readonly string[] = Object.keys(TABLE)

/** The error for one row of the table. */
export function misuse<C extends Code>(code: C, ...details: Parameters<(typeof TABLE)[C]>): MisuseError {
  return fromTable(TABLE, code, details)
}
