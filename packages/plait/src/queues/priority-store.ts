import { misuse } from '../errors/misuse-together.ts'
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
  #changes = 0

  constructor(compare: Compare<T>) {
    this.#compare = compare
  }

  get size(): number {
    return this.#entries.length
  }

  push(item: T): void {
    const entry = { item, order: this.#made }
    this.#made += 1
    // Alone it is compared with itself, so that what cannot be compared is refused now and not when another comes.
    if (this.size === 0) this.#isBefore(entry, entry)
    this.#move(() => ({ entry, way: this.#wayUp(entry) }))
  }

  shift(): T {
    const entries = this.#entries
    const first = this.#move(() => {
      const entry = entries[entries.length - 1] as Entry<T>
      return { entry, way: this.#wayDown(entry) }
    })
    entries.pop()
    return first.item
  }

  /** The next item. Only asked where there is one. */
  peek(): T {
    return (this.#entries[0] as Entry<T>).item
  }

  clear(): void {
    this.#entries.length = 0
  }

  /** Its items, equals in the order they went in. */
  toArray(): T[] {
    return [...this.#entries].sort((a, b) => a.order - b.order).map(({ item }) => item)
  }

  /** The places an entry passes from the end to its own. */
  #wayUp(entry: Entry<T>): number[] {
    const way = [this.size]
    for (let at = this.size; at > 0; ) {
      at = (at - 1) >> 1
      if (!this.#isBefore(entry, this.#entries[at] as Entry<T>)) break
      way.push(at)
    }
    return way
  }

  /** The places an entry, now the last, passes from the top to its own, when the top is gone. */
  #wayDown(entry: Entry<T>): number[] {
    const entries = this.#entries
    const last = this.size - 1
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
    return way
  }

  /** Moves each entry of a way one place back, puts this one at its end, and gives the one that was at the top. */
  #move(find: () => { entry: Entry<T>; way: readonly number[] }): Entry<T> {
    const entries = this.#entries
    // A comparison that puts or gets itself has moved the others on: then the way is to be found anew.
    let changes: number
    let found: { entry: Entry<T>; way: readonly number[] }
    do {
      changes = this.#changes
      found = find()
    } while (changes !== this.#changes)
    this.#changes += 1
    const { entry, way } = found
    const top = entries[0] as Entry<T>
    for (let i = 0; i + 1 < way.length; i += 1)
      entries[way[i] as number] = entries[way[i + 1] as number] as Entry<T>
    entries[way[way.length - 1] as number] = entry
    return top
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
