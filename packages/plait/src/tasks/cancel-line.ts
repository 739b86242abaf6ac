import type { Entry } from '../loop/ready-ring.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import type { Waitable } from './call-body.ts'
import { PENDING, STATE, type Waiter } from './future.ts'
import { abortSignal } from './task-signal.ts'
import { ASYNC, HAS_SIGNAL, MUST_CANCEL, ONE_CANCEL, PASSING_ON, PAUSED } from './task-state.ts'

/** Cancels beyond this are not counted: the count has 15 bits. */
const MOST_CANCELS = 0x7fff

/** A task, as one that waits in line. */
interface Link extends Waitable, Entry {
  _flags: number
  _value: unknown
  _waiting: Waitable | undefined
  readonly _loop: Scheduler
  cancelling(): number
  _unwatch(matches: (waiter: Waiter) => boolean): number
}

/**
 * Cancels a task, and what it waits for if that is a task, and so on: a line of tasks that each wait for the next may be
 * any length, so it is walked, not called down. What the last one is parked on takes the cancel, or it is thrown at that
 * one's next step.
 */
export function cancelLine(first: Link, reason: unknown): void {
  let others: Link[] | undefined
  let task = first
  for (;;) {
    if (task._flags >>> 16 < MOST_CANCELS) task._flags += ONE_CANCEL
    if ((task._flags & HAS_SIGNAL) !== 0) abortSignal(task, reason)
    task._flags |= PASSING_ON
    const waiting = task._waiting
    if (!isLink(waiting) || (waiting._flags & STATE) !== PENDING) break
    if ((waiting._flags & PASSING_ON) !== 0) {
      cutCircle(task, waiting)
      break
    }
    others ??= []
    others.push(waiting)
    task = waiting
  }
  if (task._waiting?.cancel?.(reason) !== true) {
    // One that only let the host in stands in its wait like any other: it is thrown there.
    task._flags = (task._flags | MUST_CANCEL) & ~PAUSED
    task._value = reason
  }
  first._flags &= ~PASSING_ON
  if (others !== undefined) for (const passed of others) passed._flags &= ~PASSING_ON
}

/** A task, or a part of one, that a cancel may be pending in. */
interface Part {
  _flags: number
  _value: unknown
  readonly _owner: Part | undefined
}

/** Takes a cancel that could not be thrown yet from the async function a part belongs to; undefined if there is none. */
export function takePendingCancel(part: Part): { reason: unknown } | undefined {
  let task: Part | undefined = part
  while (task !== undefined && (task._flags & (MUST_CANCEL | ASYNC)) !== (MUST_CANCEL | ASYNC))
    task = task._owner
  if (task === undefined) return undefined
  const reason = task._value
  task._flags &= ~MUST_CANCEL
  task._value = undefined
  return { reason }
}

/** Tasks wait for each other in a circle: the last of them is woken, or nobody in it would ever be. */
function cutCircle(last: Link, waitedFor: Link): void {
  waitedFor._unwatch(waiter => (waiter as unknown) === last)
  last._waiting = undefined
  last._loop._push(last)
}

function isLink(waiting: Waitable | undefined): waiting is Link {
  return waiting !== undefined && '_waiting' in waiting
}
