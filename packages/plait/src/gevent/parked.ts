import { listening, tell } from '../loop/instrument.ts'
import { active } from '../loop/scheduler.ts'
import { FAILED, FINISHED, Future, STATE, type Waiter } from '../tasks/future.ts'
import type { Task } from '../tasks/task.ts'
import { getHub } from './hub.ts'
import { resumeNow } from './throw-into.ts'

const NO_LOOP = { loop: Object.freeze({}) as never }

/**
 * A greenlet that has given control to the hub: `yield*` it to park. Whoever resumes it does so from the hub, and it runs
 * at once, up to its next wait.
 */
export class Parked<T = unknown> extends Future<T> {
  readonly #what: string | Future<unknown>
  #link: ((value: T) => void) | undefined

  /** @param what is waited for, in a report: in words, or the very thing */
  constructor(what: string | Future<unknown>) {
    super(NO_LOOP)
    this.#what = what
    // The hub is what tells whoever waits that nothing can ever run again: it has to be there from the first wait on.
    if (active.loop !== undefined) getHub()
  }

  /** Resumes it with this, as a link of what is waited for. Always the same function, so that it can be unlinked. */
  get link(): (value: T) => void {
    this.#link ??= value => this.switch(value)
    return this.#link
  }

  /** Resumes it. One that was resumed, or has ended, is left alone. */
  switch(value: T): void {
    if ((this._flags & STATE) === 0) this._finish(FINISHED, value)
  }

  /** Resumes it with an error. */
  throw(error: unknown): void {
    if ((this._flags & STATE) === 0) this._finish(FAILED, error)
  }

  /** @internal */
  override _finish(state: number, value: unknown): void {
    this._flags |= state
    this._value = value
    const waiter = this._waiters as (Waiter & Partial<Task<unknown>>) | undefined
    if (waiter === undefined) return
    this._waiters = undefined
    if (waiter._plainStep === undefined) {
      waiter._notify(this)
      return
    }
    const task = waiter as unknown as Task<unknown>
    if (listening.ever) tell(task._loop, 'wakes', task)
    resumeNow(task)
  }

  /** @internal */
  override _describe(): string {
    return typeof this.#what === 'string' ? this.#what : this.#what._describe()
  }

  /** @internal */
  override _blockers(): Iterable<Future<unknown>> {
    return typeof this.#what === 'string' ? [] : this.#what._blockers()
  }
}
