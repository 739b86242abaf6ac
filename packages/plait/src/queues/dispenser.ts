import type { Place } from '../tasks/place.ts'
import { WaitingLine } from '../tasks/waiting-line.ts'
import { Row } from './store.ts'

/** What a place is told that was woken for an item. */
export const PROMISED: unique symbol = Symbol('promised')

/**
 * Items, and the line of those who wait for one. Whoever is woken is promised an item, so no latecomer goes away with it;
 * which one it is shows when they run, so items come out in the order they went in, whoever is cancelled meanwhile.
 */
export class Dispenser<T> {
  readonly line: WaitingLine = new WaitingLine()
  readonly #items = new Row<T>()
  readonly #beforeWake: ((place: Place<unknown>) => void) | undefined
  #promised = 0

  constructor(beforeWake?: (place: Place<unknown>) => void) {
    this.#beforeWake = beforeWake
  }

  /** How many items nobody has taken. */
  get size(): number {
    return this.#items.size
  }

  /** How many of them are promised to nobody. */
  get free(): number {
    return this.#items.size - this.#promised
  }

  put(item: T): void {
    this.stock(item)
    this.serve()
  }

  /** As `put`, but wakes nobody yet. */
  stock(item: T): void {
    this.#items.push(item)
  }

  /** An item that was taken, and is for the next after all: it comes out before all others. */
  putBack(item: T): void {
    this.#items.unshift(item)
    this.serve()
  }

  /** The oldest item. */
  take(): T {
    return this.#items.shift()
  }

  /** One who was woken has run: for `take`, or to go without, and then `serve` gives the turn to the next. */
  settle(): void {
    this.#promised -= 1
  }

  /** Wakes the first in line, if there is an item for them. */
  serve(): void {
    if (this.free <= 0) return
    const place = this.line.takeFirst()
    if (place === undefined) return
    this.#promised += 1
    this.#beforeWake?.(place)
    place._load = PROMISED
    place._wake()
  }

  /** Drops all items, promised ones too. */
  clear(): void {
    this.#items.clear()
  }
}
