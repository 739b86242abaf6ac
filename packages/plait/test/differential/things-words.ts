import type { Block, Statement } from './program.ts'
import type {
  BarrierName,
  ConditionName,
  EventName,
  How,
  Lockable,
  QueueName,
  SharedName,
} from './things-program.ts'
import { attempt, except } from './words.ts'

/** Words for what tasks share, to write programs by hand with. */

export const acquire = (on: Lockable, how: How = 'directly'): Statement => ({ op: 'acquire', on, how })
export const release = (on: Lockable): Statement => ({ op: 'release', on })
export const hold = (on: Lockable, ...body: Statement[]): Statement => ({ op: 'hold', on, body })

export const set = (on: EventName): Statement => ({ op: 'set', on })
export const clear = (on: EventName): Statement => ({ op: 'clear', on })
export const eventWait = (on: EventName, how: How = 'directly'): Statement => ({ op: 'eventWait', on, how })

export const notified = (on: ConditionName, how: How = 'directly'): Statement => ({
  op: 'conditionWait',
  on,
  how,
})

/** Until the counter is at least so much. */
export const counted = (on: ConditionName, least: number, how: How = 'directly'): Statement => ({
  op: 'conditionWaitFor',
  on,
  least,
  how,
})

export const notify = (on: ConditionName, count = 1): Statement => ({ op: 'notify', on, count })
export const notifyAll = (on: ConditionName): Statement => ({ op: 'notifyAll', on })
export const count = (by: number): Statement => ({ op: 'count', by })

export const meet = (on: BarrierName, how: How = 'directly'): Statement => ({ op: 'barrierWait', on, how })
export const reset = (on: BarrierName): Statement => ({ op: 'barrierReset', on, how: 'directly' })
export const abort = (on: BarrierName): Statement => ({ op: 'barrierAbort', on, how: 'directly' })

export const put = (on: QueueName, priority = 1, how: How = 'directly'): Statement => ({
  op: 'put',
  on,
  priority,
  how,
})

export const get = (on: QueueName, how: How = 'directly'): Statement => ({ op: 'get', on, how })
export const join = (on: QueueName, how: How = 'directly'): Statement => ({ op: 'join', on, how })
export const putNowait = (on: QueueName, priority = 1): Statement => ({ op: 'putNowait', on, priority })
export const getNowait = (on: QueueName): Statement => ({ op: 'getNowait', on })
export const taskDone = (on: QueueName): Statement => ({ op: 'taskDone', on })
export const shutdown = (on: QueueName, immediate = false): Statement => ({ op: 'shutdown', on, immediate })

export const look = (on: SharedName): Statement => ({ op: 'look', on })

/** Goes on whatever happens, a cancel of itself too. */
export const whatever = (...body: Block): Statement => attempt(body, except('all'))
