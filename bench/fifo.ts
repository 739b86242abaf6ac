// What the hand-written queues and locks of the cases are made of: the least that is first in, first out.

/** A ring with room for a known number of items. Only to be put into where there is room, and taken from where there is one. */
export class ItemRing {
  readonly #items: number[]
  #head = 0
  #tail = 0
  size = 0

  constructor(room: number) {
    this.#items = new Array<number>(room).fill(0)
  }

  get isFull(): boolean {
    return this.size === this.#items.length
  }

  put(item: number): void {
    this.#items[this.#tail] = item
    this.#tail = this.#after(this.#tail)
    this.size += 1
  }

  take(): number {
    const item = this.#items[this.#head] as number
    this.#head = this.#after(this.#head)
    this.size -= 1
    return item
  }

  #after(place: number): number {
    return place + 1 === this.#items.length ? 0 : place + 1
  }
}

/** Whoever stands in a line: in one at a time, so that standing in it takes no memory. */
export interface Standing<T> {
  next: T | undefined
}

/** A line of any length. */
export class Line<T extends Standing<T>> {
  #first: T | undefined = undefined
  #last: T | undefined = undefined

  push(one: T): void {
    if (this.#last === undefined) this.#first = one
    else this.#last.next = one
    this.#last = one
  }

  shift(): T | undefined {
    const first = this.#first
    if (first === undefined) return undefined
    this.#first = first.next
    if (this.#first === undefined) this.#last = undefined
    else first.next = undefined
    return first
  }
}

/** A promise's `resolve`, in line. */
export class Sleeper<T = void> implements Standing<Sleeper<T>> {
  next: Sleeper<T> | undefined = undefined
  readonly wake: (value: T) => void

  constructor(wake: (value: T) => void) {
    this.wake = wake
  }
}
