import type { Random } from '../../differential/random.ts'
import { type Limit, limits } from '../program.ts'

/** Things that greenlets share, by kind: a program has one or two of each, so that those who use them meet. */
const shared = {
  event: ['event0', 'event1'],
  result: ['result0', 'result1'],
  lock: ['semaphore0', 'semaphore1', 'semaphore2', 'bounded1', 'rlock'],
  counting: ['semaphore0', 'semaphore1', 'semaphore2', 'bounded1'],
  // Those with little room are more often full.
  queue: [
    ...['queue0', 'queue1', 'queue1', 'queue2', 'joinable1', 'joinable1'],
    ...['priority0', 'priority1', 'priority2', 'lifo0', 'lifo1'],
  ],
  joinable: ['joinable0', 'joinable1'],
  group: ['group', 'pool1', 'pool2'],
  pool: ['pool1', 'pool2'],
} as const

export type SharedKind = keyof typeof shared

/** What the statements of one program choose from. */
export class Choices {
  readonly random: Random
  /** How many functions there are; the last calls no other. */
  readonly functions: number
  readonly callbacks: number
  readonly #shared: ReadonlyMap<SharedKind, readonly string[]>

  constructor(random: Random) {
    this.random = random
    this.functions = random.between(4, 6)
    this.callbacks = random.between(1, 3)
    const kinds = Object.entries(shared) as [SharedKind, readonly string[]][]
    this.#shared = new Map(kinds.map(([kind, names]) => [kind, [random.pick(names), random.pick(names)]]))
  }

  /** Something of this kind: the first of the two more often. */
  thing(kind: SharedKind): string {
    return this.#shared.get(kind)?.[this.random.chance(0.65) ? 0 : 1] as string
  }

  slot(): number {
    return this.random.between(0, limits.slots - 1)
  }

  slots(): number[] {
    return Array.from({ length: this.random.between(1, 4) }, () => this.slot())
  }

  /** Each once, as objects that are waited for should be; now and then twice all the same. */
  distinct<T>(items: readonly T[]): readonly T[] {
    return this.random.chance(0.9) ? [...new Set(items)] : items
  }

  scope(): number {
    return this.random.between(0, limits.scopes - 1)
  }

  /** One of the functions after this one, so that there is no circle. */
  fn(after: number): number {
    return this.random.between(Math.min(after + 1, this.functions - 1), this.functions - 1)
  }

  callback(): number {
    return this.random.between(0, this.callbacks - 1)
  }

  delay(): number {
    return this.random.weighted([
      [0, 4],
      [1, 5],
      [2, 4],
      [3, 3],
      [5, 2],
      [8, 1],
    ])
  }

  /** Up to when something is waited for. */
  limit(forEver = 0.3): Limit {
    if (this.random.chance(forEver)) return null
    return this.random.weighted([
      [0, 1.5],
      [1, 4],
      [2, 4],
      [3, 3],
      [5, 2],
    ])
  }

  /** That of a kill: GreenletExit mostly. */
  killError(): string | null {
    return this.random.chance(0.75) ? null : 'killed'
  }

  timeoutError(): string | false | null {
    return this.random.weighted<string | false | null>([
      [null, 5],
      [false, 3],
      ['timed out', 2],
    ])
  }

  count(): number | null {
    return this.random.chance(0.6) ? null : this.random.between(0, 3)
  }

  block(): boolean {
    return this.random.chance(0.8)
  }

  items(): number[] {
    return Array.from({ length: this.random.between(0, 4) }, () => this.random.between(0, 4))
  }

  maybe<T>(value: T, share = 0.5): T | null {
    return this.random.chance(share) ? value : null
  }
}

/** How often a statement is written, and how; `fn` is the function that it stands in. */
export type Move<S> = readonly [weight: number, write: (choices: Choices, fn: number) => S]
