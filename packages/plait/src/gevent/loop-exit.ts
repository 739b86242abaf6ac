import { DeadlockError } from '../errors/deadlock-error.ts'

/**
 * Thrown in the main greenlet, at its wait, when nothing can ever run again: this wait would never end. It names every
 * greenlet that waits, and what for.
 *
 * @example
 * ```ts
 * try { new Event().wait() } catch (error) { if (error instanceof LoopExit) console.log('nobody is left to set it') }
 * ```
 * @see gevent.exceptions.LoopExit
 */
export class LoopExit extends DeadlockError {
  constructor(...stuck: ConstructorParameters<typeof DeadlockError>) {
    super(...stuck)
    this.message = `this operation would block forever: ${this.message}`
  }
}
LoopExit.prototype.name = 'LoopExit'
