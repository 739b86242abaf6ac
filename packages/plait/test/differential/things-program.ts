/**
 * The part of the language that is about what tasks share: locks, events, conditions, semaphores, barriers and queues.
 * A name says what a thing is: its number is a semaphore's value, a barrier's parties, a queue's maxSize (0: no limit).
 */
import type { Block } from './program.ts'

/** `condition0` has the lock of `lock0`; others have a lock of their own. */
export type ConditionName = `condition${number}`
export type Lockable = `lock${number}` | ConditionName | `semaphore${number}` | `bounded${number}`
export type EventName = `event${number}`
export type BarrierName = `barrier${number}`
export type QueueName = `queue${number}` | `priority${number}` | `lifo${number}`
export type SharedName = Lockable | EventName | BarrierName | QueueName

/** How a wait is waited for: by the task itself, by a task of its own, or under `waitFor` with that limit. */
export type How = 'directly' | 'inTask' | number

/** What waits. */
export type SharedWait =
  | { op: 'acquire'; on: Lockable; how: How }
  | { op: 'eventWait'; on: EventName; how: How }
  | { op: 'conditionWait'; on: ConditionName; how: How }
  /** Until the counter that all tasks share is at least so much. */
  | { op: 'conditionWaitFor'; on: ConditionName; least: number; how: How }
  | { op: 'barrierWait'; on: BarrierName; how: How }
  | { op: 'barrierReset'; on: BarrierName; how: How }
  | { op: 'barrierAbort'; on: BarrierName; how: How }
  | { op: 'put'; on: QueueName; priority: number; how: How }
  | { op: 'get'; on: QueueName; how: How }
  | { op: 'join'; on: QueueName; how: How }

/** What waits, and then holds a block. */
export interface Hold {
  op: 'hold'
  on: Lockable
  body: Block
}

/** What happens at once. Releasing what somebody else took is legal. */
export type SharedStep =
  | { op: 'release'; on: Lockable }
  | { op: 'set'; on: EventName }
  | { op: 'clear'; on: EventName }
  | { op: 'notify'; on: ConditionName; count: number }
  | { op: 'notifyAll'; on: ConditionName }
  | { op: 'putNowait'; on: QueueName; priority: number }
  | { op: 'getNowait'; on: QueueName }
  | { op: 'taskDone'; on: QueueName }
  | { op: 'shutdown'; on: QueueName; immediate: boolean }
  /** Adds to the counter that conditions wait for. */
  | { op: 'count'; by: number }
  /** Reads all that can be read of it: whether it is locked or set, how many wait, how full it is. */
  | { op: 'look'; on: SharedName }
