/**
 * Thrown where nothing can be got from a queue: at once, or in the time given.
 *
 * @example
 * ```ts
 * try { jobs.get({ timeout: 10 }) } catch (error) { if (!(error instanceof Empty)) throw error }
 * ```
 * @see queue.Empty
 */
export class Empty extends Error {
  constructor(message = 'the queue is empty') {
    super(message)
  }
}
Empty.prototype.name = 'Empty'

/**
 * Thrown where a queue has no room: at once, or in the time given.
 *
 * @example
 * ```ts
 * try { jobs.putNowait(job) } catch (error) { if (!(error instanceof Full)) throw error }
 * ```
 * @see queue.Full
 */
export class Full extends Error {
  constructor(message = 'the queue is full') {
    super(message)
  }
}
Full.prototype.name = 'Full'

/**
 * Thrown where a queue was shut down: nothing can be put any more; nor got, once it is empty.
 *
 * @example
 * ```ts
 * try { for (;;) work(jobs.get()) } catch (error) { if (!(error instanceof ShutDown)) throw error }
 * ```
 * @see queue.ShutDown
 */
export class ShutDown extends Error {
  constructor(message = 'the queue was shut down') {
    super(message)
  }
}
ShutDown.prototype.name = 'ShutDown'
