import type { Seat } from '../coroutine/surroundings.ts'
import { PART } from './task-state.ts'

/** Whose context variables somebody uses, for those that have none of their own: rare enough to be kept beside them. */
const seats: WeakMap<object, Seat> = new WeakMap()

interface Seated extends Seat {
  _flags: number
  readonly _owner: { readonly _seat: Seat } | undefined
}

export function giveSeat(one: Seated, seat: Seat): void {
  seats.set(one, seat)
}

/**
 * The seat of one that has no context variables of its own. A part sits with the whole, and nothing is kept for it:
 * thousands of parts come and go, and weak entries are what a collector is slow with.
 */
export function seatElsewhere(one: Seated): Seat {
  return ((one._flags & PART) === 0 ? seats.get(one) : one._owner?._seat) ?? one
}

/** A part is on its own from now on, and stays where its context variables are. */
export function leaveWhole(part: Seated): void {
  seats.set(part, seatElsewhere(part))
  part._flags &= ~PART
}
