import { GreenletExit, greenletExit } from '../errors/greenlet-exit.ts'
import { FAILED, FINISHED } from '../tasks/future.ts'
import { Task } from '../tasks/task.ts'
import { BEGUN } from '../tasks/task-state.ts'
import { Bound } from './bound.ts'
import { callText } from './call-text.ts'
import type { Hub } from './hub.ts'
import { throwInto } from './throw-into.ts'
import { treeLocalsOf } from './tree-locals.ts'

/**
 * A greenlet without links and results, as `spawnRaw` gives it: who has no use for those saves making them. An error that
 * ends it is told to the hub.
 *
 * @example
 * ```ts
 * const raw = spawnRaw(() => { sleep(10); console.log('done') })
 * kill(raw)
 * ```
 * @see gevent.spawn_raw
 */
export class RawGreenlet extends Task<unknown> {
  /** What all greenlets share that were spawned by this one, and by those. */
  get spawnTreeLocals(): Record<PropertyKey, unknown> {
    this.#tree ??= {}
    return this.#tree
  }

  #tree: Record<PropertyKey, unknown> | undefined = treeLocalsOf()
  readonly #hub: Hub
  readonly #called: Bound

  /** @internal */
  constructor(fn: (...args: never[]) => unknown, args: readonly unknown[], hub: Hub) {
    super(fn, hub.loop)
    this.#called = new Bound(fn, args)
    this.#hub = hub
  }

  /** Whether it has ended. */
  get dead(): boolean {
    return this.done()
  }

  /** Throws an error in it, at its wait: from the hub at once, from elsewhere in its turn. */
  throw(error: unknown = greenletExit()): void {
    // It has no links that would tell of it, and nobody takes what is thrown too late.
    if (this.done()) this.#hub.handleError(this, error)
    else if ((this._flags & BEGUN) === 0) this._fail(error)
    else throwInto(this, error)
  }

  /** @internal Its first step, in the hub. */
  _runFirst(): void {
    if (!this.done()) this.run()
  }

  override toString(): string {
    return `<RawGreenlet ${callText(this.#called)}>`
  }

  /** @internal */
  override get _args(): readonly unknown[] {
    return this.#called.args
  }

  /** @internal */
  override _fail(error: unknown): void {
    if (error instanceof GreenletExit) {
      this._finish(FINISHED, error)
      return
    }
    this._finish(FAILED, error)
    this.#hub.handleError(this, error)
  }
}
