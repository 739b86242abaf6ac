import { quietly } from './quiet.ts'

/**
 * Ends the greenlet it is thrown in, and is no failure: where nothing catches it, it is what the greenlet gives. Whoever
 * catches errors has to let it pass.
 *
 * @example
 * ```ts
 * try { serve() } catch (error) { if (error instanceof GreenletExit) throw error; report(error) }
 * ```
 * @see greenlet.GreenletExit
 */
export class GreenletExit extends Error {}
GreenletExit.prototype.name = 'GreenletExit'

/** The one error of every end that is asked for without another: no stack is walked for it. Frozen, since many may hold it. */
const plainExit: GreenletExit = Object.freeze(quietly(() => new GreenletExit('the greenlet was ended')))

/** The error that a greenlet ends with where no other was asked for. */
export function greenletExit(): GreenletExit {
  return plainExit
}
