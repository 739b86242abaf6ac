import type { Steps } from '../coroutine/twin.ts'

/** The steps of a call that is over already: what a twin gives that left the work to the plain function. */
export class Finished implements Steps {
  readonly done = true
  readonly value: unknown

  constructor(value: unknown) {
    this.value = value
  }

  next(): IteratorReturnResult<unknown> {
    return this
  }
}
