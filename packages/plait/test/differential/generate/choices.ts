import { limits, type Target, type Thing } from '../program.ts'
import type { Random } from '../random.ts'

/** What the statements of one program may refer to, drawn at random. */
export class Choices {
  readonly random: Random
  readonly bodies: number
  readonly callbacks = 3
  readonly futures = 3
  /** Scopes and groups the statement being written stands in. */
  readonly scopes: number[] = []
  readonly groups: number[] = []

  constructor(random: Random) {
    this.random = random
    this.bodies = random.between(3, 6)
  }

  task(): Target {
    if (this.random.chance(0.08)) return 'T0'
    return `T${this.random.between(1, this.random.between(2, limits.slots - 1))}`
  }

  target(self: number): Target {
    const choice = this.random.next()
    if (choice < self) return 'self'
    return choice < 0.8 ? this.task() : this.future()
  }

  future(): Target {
    return `F${this.random.between(0, this.futures - 1)}`
  }

  thing(body: number): Thing {
    const fresh = body + 1 < this.bodies && this.random.chance(0.3)
    return fresh ? `B${this.laterBody(body)}` : this.target(0.02)
  }

  /** Bodies refer to later ones alone, so they end. */
  laterBody(body: number): number {
    return this.random.between(body + 1, this.bodies - 1)
  }

  callback(): number {
    return this.random.between(0, this.callbacks - 1)
  }

  /** One to four; now and then the same one twice. */
  several<T extends string>(one: () => T): T[] {
    const things = Array.from({ length: this.random.between(1, 3) }, one)
    return this.random.chance(0.2) ? [...things, this.random.pick(things)] : things
  }

  limit(none: number, low: number, high: number): number | null {
    return this.random.chance(none) ? null : this.random.between(low, high)
  }

  scope(): number {
    return this.#near(this.scopes, limits.scopes)
  }

  group(): number {
    return this.#near(this.groups, limits.groups)
  }

  /** One that surrounds the statement, mostly; else any. */
  #near(around: readonly number[], count: number): number {
    const near = around.length > 0 && this.random.chance(0.85)
    return near ? this.random.pick(around) : this.random.between(0, count - 1)
  }
}
