import { ReadyRing } from '../loop/ready-ring.ts'

/** Where a queue keeps its items: which comes out next is all that one kind of queue differs in from another. */
export interface Store<T> {
  readonly size: number
  push(item: T): void
  /** The next item. Only asked where there is one. */
  shift(): T
  clear(): void
}

/** First in, first out. Whenever it is empty it gives back the room that a burst has taken. */
export class Row<T> extends ReadyRing<T> implements Store<T> {
  override shift(): T {
    const item = super.shift()
    if (this.head === this.tail) {
      this.rewind()
      this.shrink()
    }
    return item
  }
}

/** Last in, first out. */
export class Stack<T> implements Store<T> {
  readonly #items: T[] = []

  get size(): number {
    return this.#items.length
  }

  push(item: T): void {
    this.#items.push(item)
  }

  shift(): T {
    return this.#items.pop() as T
  }

  /** The next item. Only asked where there is one. */
  peek(): T {
    return this.#items.at(-1) as T
  }

  clear(): void {
    this.#items.length = 0
  }

  /** Its items, the first put first. */
  toArray(): T[] {
    return [...this.#items]
  }
}
