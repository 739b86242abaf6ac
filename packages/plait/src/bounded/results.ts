import { Dispenser } from '../queues/dispenser.ts'

/** Results that wait to be taken: in the order of their items, or in the order they came. */
export class Results<R> {
  /** Those whose turn it is. */
  readonly ready: Dispenser<R> = new Dispenser()
  readonly #isOrdered: boolean
  /** Those that another one must come before, by the index of their item. */
  readonly #early = new Map<number, R>()
  /** The index of the result that comes next. */
  #next = 0

  constructor(isOrdered: boolean) {
    this.#isOrdered = isOrdered
  }

  get size(): number {
    return this.ready.size + this.#early.size
  }

  add(index: number, result: R): void {
    if (!this.#isOrdered) {
      this.ready.put(result)
      return
    }
    this.#early.set(index, result)
    while (this.#early.has(this.#next)) {
      this.ready.put(this.#early.get(this.#next) as R)
      this.#early.delete(this.#next)
      this.#next += 1
    }
  }

  clear(): void {
    this.#early.clear()
    this.ready.clear()
  }
}
