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

/** An end that is asked for is a signal: no stack is walked for it. */
export function greenletExit(): GreenletExit {
  return quietly(() => new GreenletExit('the greenlet was ended'))
}
