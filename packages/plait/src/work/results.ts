import { ReadyRing } from '../loop/ready-ring.ts'

/** Results that wait to be taken: in the order of their items, or in the order they came. */
export class Results<R> {
  readonly #isOrdered: boolean
  /** Those that another one must come before, by the index of their item. */
  readonly #early = new Map<number, R>()
  readonly #ready = new ReadyRing<R>()
  /** The index of the result that comes next. */
  #next = 0

  constructor(isOrdered: boolean) {
    this.#isOrdered = isOrdered
  }

  get size(): number {
    return this.#ready.size + this.#early.size
  }

  get hasNext(): boolean {
    return this.#ready.size > 0
  }

  add(index: number, result: R): void {
    if (!this.#isOrdered) {
      this.#ready.push(result)
      return
    }
    this.#early.set(index, result)
    while (this.#early.has(this.#next)) {
      this.#ready.push(this.#early.get(this.#next) as R)
      this.#early.delete(this.#next)
      this.#next += 1
    }
  }

  take(): R {
    return this.#ready.shift()
  }

  clear(): void {
    this.#early.clear()
    while (this.#ready.size > 0) this.#ready.shift()
  }
}
