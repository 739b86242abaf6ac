import type { Waiting } from '../coroutine/wait.ts'
import { Parked } from './parked.ts'
import { Timeout } from './timeout.ts'

/** A greenlet that stands in line, with what it brings. */
export class Standing<I, O> extends Parked<O> {
  readonly item: I
  readonly #line: Line<I, O>

  constructor(line: Line<I, O>, item: I) {
    super('')
    this.item = item
    this.#line = line
  }

  /** Whether its greenlet waits still: one that was cancelled may stand here until it runs. */
  get isThere(): boolean {
    return this._waiters !== undefined
  }

  /** @internal */
  override _describe(): string {
    return this.#line.describe()
  }
}

/** Those who wait to get, or to put, each with an item: first come, first served. */
export class Line<I, O> {
  readonly #standing: Standing<I, O>[] = []
  /** What they wait for, in a report. */
  readonly describe: () => string

  constructor(describe: () => string) {
    this.describe = describe
  }

  get length(): number {
    return this.#standing.length
  }

  /**
   * Waits to be served, and gives what one is served with.
   *
   * @param timeout how many milliseconds to wait; else as long as it takes
   * @param late makes the error for one who has waited that long
   */
  *stand(item: I, timeout: number | undefined, late: () => Error): Waiting<O> {
    const timer = Timeout._startNewOrDummy(timeout)
    const standing = new Standing<I, O>(this, item)
    this.#standing.push(standing)
    try {
      return yield* standing
    } catch (error) {
      if (error !== timer) throw error
    } finally {
      timer.cancel()
      const index = this.#standing.indexOf(standing)
      if (index >= 0) this.#standing.splice(index, 1)
    }
    throw late()
  }

  /** The first who is still there; those before are taken out. */
  first(): Standing<I, O> | undefined {
    while (this.#standing[0]?.isThere === false) this.#standing.shift()
    return this.#standing[0]
  }

  /** Takes the first out who is still there. */
  shift(): Standing<I, O> | undefined {
    const first = this.first()
    this.#standing.shift()
    return first
  }

  /** Takes all out. */
  clear(): Standing<I, O>[] {
    return this.#standing.splice(0)
  }
}
