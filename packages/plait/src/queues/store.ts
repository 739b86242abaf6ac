/** Where a queue keeps its items: which comes out next is all that one kind of queue differs in from another. */
export interface Store<T> {
  readonly size: number
  push(item: T): void
  /** The next item. Only asked where there is one. */
  shift(): T
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
}
