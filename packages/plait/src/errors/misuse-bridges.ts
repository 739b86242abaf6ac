import { fromTable, type MisuseError } from './misuse-error.ts'
import { show } from './show.ts'

/** What can be done wrong with what leads in and out. */
const TABLE = {
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
  emittedTogether: (name: string) =>
    `${name} emits an item while it waits in another emit: wait for one emit before the next`,
  emittedTooLate: (name: string) =>
    `${name} was left or has ended, and then emitted an item, which nobody would take: in a finally, only clean up`,
} as const

type Code = keyof typeof TABLE

/** The codes of the mistakes in this table. */
export const codes: readonly string[] = Object.keys(TABLE)

/** The error for one row of the table. */
export function misuse<C extends Code>(code: C, ...details: Parameters<(typeof TABLE)[C]>): MisuseError {
  return fromTable(TABLE, code, details)
}
