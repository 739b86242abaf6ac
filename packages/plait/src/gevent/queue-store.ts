import { byPriority, type Compare, PriorityStore } from '../queues/priority-store.ts'

/** Where a queue keeps its items: which comes out next is all that one kind differs in from another. */
export interface ItemStore<T> {
  readonly size: number
  push(item: T): void
  /** Only asked where there is one, as `peek` is. */
  shift(): T
  peek(): T
  clear(): void
  /** All of them, in an order in which they may be put in again. */
  toArray(): T[]
}

/** First in, first out. */
export class Fifo<T> implements ItemStore<T> {
  #items: T[] = []
  #head = 0

  get size(): number {
    return this.#items.length - this.#head
  }

  push(item: T): void {
    this.#items.push(item)
  }

  shift(): T {
    const item = this.peek()
    this.#items[this.#head] = undefined as T
    this.#head += 1
    // What is gone is given back now and then, so that a long line costs no more than a short one.
    if (this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head)
      this.#head = 0
    }
    return item
  }

  peek(): T {
    return this.#items[this.#head] as T
  }

  clear(): void {
    this.#items = []
    this.#head = 0
  }

  toArray(): T[] {
    return this.#items.slice(this.#head)
  }
}

/** The lowest first. */
export class Lowest<T> extends PriorityStore<T> implements ItemStore<T> {
  constructor(compare: Compare<T> = byPriority) {
    super(compare)
  }
}
