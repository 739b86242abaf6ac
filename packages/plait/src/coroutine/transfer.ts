import type { Strand } from './wait.ts'

/*
 * A strand may have several stacks of frames, of which it resumes one: those of its greenlets. A switch is a wait that a
 * driver ends at once: it puts the frames of the one aside and goes on with the frames of the other.
 */

/** What a switch parks on: whoever drives moves over to the greenlet it is for. */
export const SWITCH: object = Object.freeze({ describe: () => 'a greenlet to be switched to' })

/** What a switch gives in place of SUSPENDED. */
export const SWITCHED: IteratorYieldResult<object> = Object.freeze({ done: false, value: SWITCH })

/** What a strand goes on with that has moved over: this value, or this error. One object, read before the next switch. */
export const delivery: { _result: unknown; throws: boolean; inOtherContext: boolean } = {
  _result: undefined,
  throws: false,
  inOtherContext: false,
}

/**
 * Moves a strand over to the greenlet that the last switch was for, and leaves in `delivery` what it goes on with. The
 * greenlets put themselves here.
 */
export const transfer: { move: (strand: Strand) => void } = {
  move: () => {
    throw new Error('nothing can be switched to: import "plait/greenlet", which brings the greenlets')
  },
}
