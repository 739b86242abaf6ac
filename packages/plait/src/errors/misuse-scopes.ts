import { fromTable, type MisuseError } from './misuse-error.ts'
import { show } from './show.ts'

/** What can be done wrong with context managers and exit stacks. */
const TABLE = {
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
} as const

type Code = keyof typeof TABLE

/** The codes of the mistakes in this table. */
export const codes: readonly string[] = Object.keys(TABLE)

/** The error for one row of the table. */
export function misuse<C extends Code>(code: C, ...details: Parameters<(typeof TABLE)[C]>): MisuseError {
  return fromTable(TABLE, code, details)
}
