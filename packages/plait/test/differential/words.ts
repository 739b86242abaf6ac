import type { Block, CatchKind, Handler, Program, Statement, Target, Thing, WaitMode } from './program.ts'

/** Words to write programs by hand with. */

/** A program of a main body and others, with callbacks if it has any. */
export function program(bodies: readonly Block[], callbacks: readonly Block[] = []): Program {
  return {
    bodies,
    raw: bodies.map((_, index) => index % 2 === 0),
    hurried: false,
    watched: false,
    callbacks,
    futures: 3,
  }
}

/** As `program`, and the host wants its turn at every satisfied wait. */
export function hurried(bodies: readonly Block[]): Program {
  return { ...program(bodies), hurried: true }
}

export const sleep = (delay: number): Statement => ({ op: 'sleep', delay })
export const giveWay = (times = 1): Statement => ({ op: 'turn', times })
export const wait = (what: Thing): Statement => ({ op: 'await', what })
export const shield = (what: Thing): Statement => ({ op: 'shield', what })

export const gather = (...what: Thing[]): Statement => ({ op: 'gather', what, settled: false })
export const gatherSettled = (...what: Thing[]): Statement => ({ op: 'gather', what, settled: true })

export const waitUntil = (mode: WaitMode, limit: number | null, ...what: Target[]): Statement => ({
  op: 'wait',
  what,
  mode,
  limit,
})

export const waitFor = (what: Thing, limit: number | null): Statement => ({
  op: 'waitFor',
  what,
  limit,
  shielded: false,
})

export const waitForShield = (what: Thing, limit: number | null): Statement => ({
  op: 'waitFor',
  what,
  limit,
  shielded: true,
})

export const asCompleted = (form: 'next' | 'each', limit: number | null, ...what: Thing[]): Statement => ({
  op: 'asCompleted',
  what,
  limit,
  form,
})

export const timeout = (scope: number, limit: number | null, ...body: Statement[]): Statement => ({
  op: 'timeout',
  scope,
  at: false,
  limit,
  body,
})

export const timeoutAt = (scope: number, limit: number | null, ...body: Statement[]): Statement => ({
  op: 'timeout',
  scope,
  at: true,
  limit,
  body,
})

export const reschedule = (scope: number, to: number | null): Statement => ({ op: 'reschedule', scope, to })
export const group = (number: number, ...body: Statement[]): Statement => ({
  op: 'group',
  group: number,
  body,
})

export const attempt = (body: Block, handler: Handler | null, cleanup: Block | null = null): Statement => ({
  op: 'try',
  body,
  handler,
  cleanup,
})

export const except = (kind: CatchKind, body: Block = [], leave: Handler['leave'] = 'swallow'): Handler => ({
  kind,
  body,
  leave,
})

/** Puts body number `body` into a task, in slot `slot`. */
export const spawn = (slot: number, body: number): Statement => ({
  op: 'spawn',
  slot,
  body,
  eager: false,
  group: null,
  context: 'copied',
})

export const spawnEagerly = (slot: number, body: number): Statement => ({
  op: 'spawn',
  slot,
  body,
  eager: true,
  group: null,
  context: 'copied',
})

export const spawnIn = (number: number, slot: number, body: number, eager = false): Statement => ({
  op: 'spawn',
  slot,
  body,
  eager,
  group: number,
  context: 'copied',
})

export const cancel = (what: Target, reason: string | null = null): Statement => ({
  op: 'cancel',
  what,
  reason,
})

export const uncancel = (what: Target = 'self'): Statement => ({ op: 'uncancel', what })
export const cancelling = (what: Target = 'self'): Statement => ({ op: 'cancelling', what })
export const read = (what: Target): Statement => ({ op: 'read', what })
export const setResult = (future: number, value: number): Statement => ({ op: 'setResult', future, value })
export const setError = (future: number, message: string): Statement => ({ op: 'setError', future, message })
export const addCallback = (what: Target, callback: number): Statement => ({
  op: 'addCallback',
  what,
  callback,
})

export const removeCallback = (what: Target, callback: number): Statement => ({
  op: 'removeCallback',
  what,
  callback,
})

export const callSoon = (callback: number): Statement => ({ op: 'callSoon', handle: 0, callback })
export const callLater = (delay: number, callback: number, handle = 0): Statement => ({
  op: 'callLater',
  handle,
  callback,
  delay,
})

export const callAt = (offset: number, callback: number, handle = 0): Statement => ({
  op: 'callAt',
  handle,
  callback,
  offset,
})

export const cancelHandle = (handle = 0): Statement => ({ op: 'cancelHandle', handle })
export const currentTask: Statement = { op: 'currentTask' }
export const setVariable = (variable: number, value: number): Statement => ({
  op: 'setVariable',
  variable,
  value,
})

export const getVariable = (variable: number): Statement => ({ op: 'getVariable', variable })
export const raise = (message: string): Statement => ({ op: 'raise', message })
export const giveBack = (value: number): Statement => ({ op: 'return', value })
