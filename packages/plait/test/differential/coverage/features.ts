import type { TraceEvent } from '../program.ts'

/**
 * What an event of a trace shows to have been reached, by its name: a list of features for its details. The coverage
 * table has a row for each feature, and asks that every one be reached often enough.
 */
type Reading = (details: readonly unknown[], who: string) => readonly (string | false)[]

const isPast = (value: unknown): boolean => typeof value === 'number' && value <= 0
/** The kind of an error, as `describe` writes it. */
export const kindOf = (error: unknown): unknown => (Array.isArray(error) ? error[0] : undefined)
const isTask = (name: unknown): boolean => typeof name === 'string' && name.startsWith('B')

function limited(op: string, limit: unknown): string {
  if (limit === null) return `${op} without a limit`
  return isPast(limit) ? `${op} with a limit of 0 or less` : `${op} with a limit`
}

export const readings: Readonly<Record<string, Reading>> = {
  sleep: ([delay]) => [isPast(delay) ? 'sleep for 0' : 'sleep'],
  turned: () => ['bare turn'],
  'sleep throws': () => ['sleep interrupted'],
  'turn throws': () => ['bare turn interrupted'],
  spawn: ([slot, , eager, group, context]) =>
    slot === 'empty'
      ? []
      : [
          group === null ? 'spawn' : 'spawn in a group',
          eager === true && 'eager spawn',
          context === 'own' && 'spawn in a context handed over',
          context === 'shared' && 'spawn in a shared context',
          eager === true && group !== null && 'eager spawn in a group',
        ],
  'spawn refused': () => ['spawn refused by a group that ended'],
  await: ([name]) => [
    isTask(name) && 'await task or coroutine',
    String(name).startsWith('F') && 'await future',
  ],
  'await throws': ([error]) => [kindOf(error) === 'Cancelled' ? 'await cancelled' : 'await an error'],
  cancel: ([name, reason], who) => [
    name !== 'empty' && (reason === null ? 'cancel without a reason' : 'cancel with a reason'),
    name === who && 'cancel oneself',
    String(name).startsWith('F') && 'cancel a future',
  ],
  'cancel gives': ([accepted]) => [accepted === false && 'cancel too late'],
  uncancel: ([name, before]) => [name !== 'empty' && 'uncancel', before === 1 && 'uncancel to 0'],
  cancelling: ([name]) => [name !== 'empty' && 'cancelling()'],
  shield: ([name]) => [name !== 'empty' && 'shield'],
  'shield throws': ([error]) => [kindOf(error) === 'Cancelled' && 'shield cancelled'],
  gather: ([names, done, settled]) => [
    settled === true ? 'gather, settled' : 'gather',
    new Set(names as string[]).size < (names as string[]).length && 'gather with duplicates',
    (done as boolean[]).includes(true) && 'gather with done children',
  ],
  'gather throws': ([error]) => [kindOf(error) === 'Cancelled' ? 'gather cancelled' : 'gather failed'],
  wait: ([names, mode, limit]) => (names === 'empty' ? [] : [`wait ${mode}`, limited('wait', limit)]),
  'wait throws': () => ['wait interrupted'],
  waitFor: ([, limit, shielded]) =>
    limit === undefined ? [] : [limited('waitFor', limit), shielded === true && 'waitFor a shield'],
  'waitFor throws': ([error]) => [
    kindOf(error) === 'Timeout' && 'waitFor timed out',
    kindOf(error) === 'Cancelled' && 'waitFor cancelled',
  ],
  asCompleted: ([, limit, form]) => [
    `asCompleted, form "${form}"`,
    limit !== null && 'asCompleted with a limit',
  ],
  'asCompleted item': () => ['asCompleted gave an item'],
  'asCompleted item fails': ([error]) => [kindOf(error) === 'Timeout' && 'asCompleted timed out'],
  'asCompleted throws': ([error]) => [kindOf(error) === 'Timeout' && 'asCompleted timed out'],
  timeout: ([, limit, at]) => [at === true ? 'timeoutAt' : 'timeout', limited('timeout', limit)],
  'timeout throws': ([, error, expired]) => [
    kindOf(error) === 'Timeout' && expired === true && 'timeout fired',
    kindOf(error) === 'Cancelled' && 'timeout cancelled from outside',
    kindOf(error) === 'Cancelled' && expired === true && 'timeout fired and cancelled from outside',
  ],
  'timeout gives': ([, expired]) => [expired === true && 'timeout fired and swallowed'],
  reschedule: ([scope, to]) =>
    scope === 'empty'
      ? []
      : [to === null ? 'reschedule to none' : isPast(to) ? 'reschedule to the past' : 'reschedule'],
  'reschedule refused': () => ['reschedule refused by a timeout that ended'],
  'group gives': () => ['group ended well'],
  'group throws': ([, error]) => [
    kindOf(error) === 'Group' && 'group failed',
    kindOf(error) === 'Cancelled' && 'group cancelled',
    kindOf(error) === 'Group' && JSON.stringify(error).split('"Group"').length > 2 && 'group in group failed',
  ],
  catch: ([kind, error]) => [
    `catch ${kind}`,
    kindOf(error) === 'Cancelled' && kind === 'all' && 'catch a cancel among all',
  ],
  handled: ([leave]) => [`handler that ends in ${leave}`],
  finally: ([failure]) => [failure === null ? 'finally after success' : 'finally after an error'],
  'finally returns': () => ['return inside finally'],
  read: ([name, state]) => (name === 'empty' ? [] : [`read ${state}`]),
  setResult: () => ['setResult'],
  'setResult refused': () => ['set a future that is done'],
  'setError refused': () => ['set a future that is done'],
  setError: () => ['setException'],
  renewFuture: () => ['new Future'],
  addCallback: ([name, , done]) =>
    name === 'empty' ? [] : [done === true ? 'addDoneCallback, already done' : 'addDoneCallback'],
  removeCallback: ([name, , removed]) => [
    name !== 'empty' && 'removeDoneCallback',
    typeof removed === 'number' && removed > 0 && 'removeDoneCallback that removed',
  ],
  called: ([name]) => [name === undefined ? 'callback called by the loop' : 'done callback called'],
  callSoon: () => ['callSoon'],
  callLater: ([, , delay]) => [delay === 0 ? 'callLater(0)' : 'callLater'],
  callAt: ([, , offset]) => [isPast(offset) ? 'callAt now or in the past' : 'callAt'],
  cancelHandle: ([handle]) => [handle !== 'empty' && 'cancel a handle'],
  currentTask: ([name]) => [name === null ? 'currentTask in a callback' : 'currentTask'],
  setVariable: () => ['ContextVar set'],
  getVariable: ([, value]) => [value !== 0 && 'ContextVar with a value'],
  raise: () => ['raise'],
  return: () => ['return early'],
  handles: () => ['error in a callback'],
}

/** The features that an event shows. */
export function featuresOf([, who, what, ...details]: TraceEvent): readonly (string | false)[] {
  return readings[what]?.(details, who) ?? []
}
