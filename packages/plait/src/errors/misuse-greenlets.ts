import { fromTable, type MisuseError } from './misuse-error.ts'
import { show } from './show.ts'

/** What can be done wrong with greenlets. */
const TABLE = {
  greenletWithoutRun: (name: string) =>
    `${name} has nothing to run: give new Greenlet(fn) a function, set its run, or give its class a method run()`,
  notAGreenlet: (what: string, value: unknown) =>
    `${what} must be a greenlet, as new Greenlet(fn) and getcurrent() give, and is ${show(value)}`,
  parentsInCircle: (name: string) =>
    `${name} would be its own parent, over others or at once: what it gives could never arrive; choose a parent outside its children`,
  parentOfMain: () =>
    'the main greenlet of a task has no parent, and cannot be given one: switch to it, or end the task',
  runAfterStart: (name: string) =>
    `${name} has begun already, and cannot be given something else to run: make another with new Greenlet(fn)`,
  greenletElsewhere: (name: string) =>
    `${name} belongs to another task, as a greenlet does to its thread: switch to it there, and hand values over with a queue`,
  greenletOutside: (what: string) =>
    `${what} was called outside of any task, where there is nothing to switch from: call it in a task, as by run(fn) or createTask(fn)`,
  switchByHand: () =>
    'a switch cannot leave a coroutine that is driven by hand: yield* or await the coroutine, or switch around its next()',
  notATracer: (value: unknown) =>
    `settrace(…) takes a function of an event and two greenlets, or undefined for none, and got ${show(value)}`,
} as const

type Code = keyof typeof TABLE

/** The codes of the mistakes in this table. */
export const codes: readonly string[] = Object.keys(TABLE)

/** The error for one row of the table. */
export function misuse<C extends Code>(code: C, ...details: Parameters<(typeof TABLE)[C]>): MisuseError {
  return fromTable(TABLE, code, details)
}
