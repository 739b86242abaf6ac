import { misuse } from '../errors/misuse.ts'
import type { Store } from './store.ts'

/** Less than 0 if `a` comes before `b`, 0 if they are equals. */
export type Compare<T> = (a: T, b: T) => number

interface Entry<T> {
  readonly item: T
  readonly order: number
}

/**
 * A binary heap, in which equals come out in the order they went in. A comparison that throws leaves it as it was: the
 * way of an item is found before anything is moved.
 */
export class PriorityStore<T> implements Store<T> {
  readonly #entries: Entry<T>[] = []
  readonly #compare: Compare<T>
  #made = 0

  constructor(compare: Compare<T>) {
    this.#compare = compare
  }

  get size(): number {
    return this.#entries.length
  }

  push(item: T): void {
    const entries = this.#entries
    const entry = { item, order: this.#made }
    // Alone it is compared with itself, so that what cannot be compared is refused now and not when another comes.
    if (entries.length === 0) this.#isBefore(entry, entry)
    const way = [entries.length]
    for (let at = entries.length; at > 0; ) {
      const parent = (at - 1) >> 1
      if (!this.#isBefore(entry, entries[parent] as Entry<T>)) break
      way.push(parent)
      at = parent
    }
    this.#made += 1
    this.#move(way, entry)
  }

  shift(): T {
    const entries = this.#entries
    const first = entries[0] as Entry<T>
    const last = entries.length - 1
    const entry = entries[last] as Entry<T>
    const way = [0]
    for (let at = 0; ; ) {
      let child = 2 * at + 1
      if (child >= last) break
      if (child + 1 < last && this.#isBefore(entries[child + 1] as Entry<T>, entries[child] as Entry<T>))
        child += 1
      if (!this.#isBefore(entries[child] as Entry<T>, entry)) break
      way.push(child)
      at = child
    }
    entries.pop()
    if (last > 0) this.#move(way, entry)
    return first.item
  }

  clear(): void {
    this.#entries.length = 0
  }

  /** Moves each entry of the way one place back, and puts this one at its end. */
  #move(way: readonly number[], entry: Entry<T>): void {
    const entries = this.#entries
    for (let i = 0; i + 1 < way.length; i += 1)
      entries[way[i] as number] = entries[way[i + 1] as number] as Entry<T>
    entries[way[way.length - 1] as number] = entry
  }

  #isBefore(a: Entry<T>, b: Entry<T>): boolean {
    const order: unknown = this.#compare(a.item, b.item)
    if (typeof order !== 'number' || Number.isNaN(order)) throw misuse('badComparison', order)
    return order === 0 ? a.order < b.order : order < 0
  }
}

/** Numbers, bigints, strings and dates as they are, lists by their first element. */
export function byPriority(a: unknown, b: unknown): number {
  const left = rankOf(a)
  const right = rankOf(b)
  if (left < right) return -1
  if (left > right) return 1
  if (typeof left === 'string' && typeof right !== 'string') throw misuse('incomparable', a)
  if (typeof right === 'string' && typeof left !== 'string') throw misuse('incomparable', b)
  return 0
}

function rankOf(item: unknown): number | bigint | string {
  const key: unknown = Array.isArray(item) ? item[0] : item
  const rank = key instanceof Date ? key.getTime() : key
  if (typeof rank === 'string' || typeof rank === 'bigint') return rank
  if (typeof rank === 'number' && !Number.isNaN(rank)) return rank
  throw misuse('incomparable', item)
}
