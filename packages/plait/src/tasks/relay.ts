import type { Failure } from '../coroutine/failure.ts'
import { passing, type Resume, SUSPENDED, TURNING, type Wait } from '../coroutine/wait.ts'

type Step = IteratorResult<unknown, unknown>

/**
 * One stretch of a generator, from where it stands to its next plain `yield` or its end, `yield*`-ed: its waits go up
 * unchanged, coroutines it delegates to are taken over by the driver as ever, and what it yields itself is what this
 * returns.
 */
export class Relay implements Iterator<Wait, Step, Resume> {
  readonly #gen: Iterator<unknown, unknown, unknown>
  #failure: Failure | undefined

  constructor(gen: Iterator<unknown, unknown, unknown>, failure: Failure | undefined) {
    this.#gen = gen
    this.#failure = failure
  }

  [Symbol.iterator](): this {
    return this
  }

  next(input?: unknown): IteratorResult<Wait, Step> {
    const failure = this.#failure
    if (failure !== undefined) return this.throw(failure.error)
    passing.result = undefined
    return relayed(this.#gen.next(input))
  }

  throw(error: unknown): IteratorResult<Wait, Step> {
    this.#failure = undefined
    passing.result = undefined
    return relayed((this.#gen as Generator).throw(error))
  }
}

function relayed(step: Step): IteratorResult<Wait, Step> {
  // Of coroutines on their way up `passing` tells; a wait of the generator's own is one of the two shared results.
  const isWait = step === SUSPENDED || step === TURNING || passing.result === step
  return isWait ? (step as IteratorYieldResult<Wait>) : { done: true, value: step }
}
