import type { Strand } from './wait.ts'

/*
 * A strand may have several stacks of frames, of which it resumes one: those of its greenlets. A switch is a wait that a
 * driver ends at once: it puts the frames of the one aside and goes on with the frames of the other.
 */

/** What a strand goes on with that has moved over: this value, or this error. One object, read before the next switch. */
export const delivery = {} as {
  _result: unknown
  throws: boolean
  /** The greenlet has another context of the host's. */
  away: boolean
}

/** What the greenlets do for whoever drives; they put themselves here, and without them nobody switches. */
export interface Transfer {
  /** Moves a strand over to the greenlet that the last switch was for, and leaves in `delivery` what it goes on with. */
  move(strand: Strand): void
  /** Moves a task over, and has it go on. */
  go(task: Strand): void
  /** Has a task go on that has moved over to a greenlet with another context of the host's. */
  goOn(task: Strand): void
}

/** Also what a switch parks on, so that whoever drives knows it. */
export const transfer: Transfer = {} as Transfer

/** What a switch gives in place of SUSPENDED. */
export const SWITCHED: IteratorYieldResult<object> = { done: false, value: transfer }
