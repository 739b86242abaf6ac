/**
 * Put into a queue, it ends the loop of whoever goes through the queue with `for…of`.
 *
 * @example
 * ```ts
 * jobs.put(StopIteration)
 * for (const job of jobs) work(job)
 * ```
 * @see StopIteration
 */
export const StopIteration: unique symbol = Symbol('StopIteration')
