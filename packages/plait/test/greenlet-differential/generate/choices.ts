import type { Random } from '../../differential/random.ts'
import {
  type ErrorSpec,
  type Foreign,
  limits,
  type Making,
  type Ref,
  type Statement,
  type Value,
} from '../program.ts'
import { type Theme, themes } from './weights.ts'

/** What the statements of one program may refer to, drawn at random. */
export class Choices {
  readonly random: Random
  readonly bodies: number
  readonly foreign: boolean
  readonly theme: Theme
  readonly #isScoped: boolean
  #lastValue = 0

  constructor(random: Random) {
    this.random = random
    this.bodies = random.between(3, 6)
    this.foreign = random.chance(0.2)
    this.theme = random.weighted(themes)
    this.#isScoped = random.chance(0.4)
  }

  /** Somebody to go on with. */
  target(body: number): Ref | Foreign {
    const { random } = this
    if (this.foreign && random.chance(0.15)) return this.stranger()
    const choice = random.next()
    if (choice < 0.02) return 'self'
    if (body === 0) return this.slot()
    if (choice < 0.24) return 'parent'
    return choice < 0.36 ? 'G0' : this.slot()
  }

  /** Somebody to look at, or to change. */
  any(): Ref {
    const choice = this.random.next()
    if (choice < 0.2) return 'self'
    if (choice < 0.27) return 'parent'
    return choice < 0.33 ? 'G0' : this.slot()
  }

  stranger(): Foreign {
    return this.random.pick(['F0', 'F1', 'F2'] as const)
  }

  /** The first slots most of all, so that programs meet. */
  slot(): Ref {
    return `G${this.random.between(1, this.random.between(3, limits.slots - 1))}`
  }

  value(): Value {
    const { random } = this
    const choice = random.next()
    if (choice < 0.08) return null
    if (choice < 0.2) return 'self'
    if (choice < 0.28) return [this.#number(), this.#number()]
    return choice < 0.32 ? [] : this.#number()
  }

  /** None, one or several. */
  values(): Value[] {
    const count = this.random.weighted([
      [0, 2],
      [1, 5],
      [2, 2],
      [3, 1],
    ])
    return Array.from({ length: count }, () => this.value())
  }

  error(): ErrorSpec {
    return this.random.chance(0.6)
      ? { kind: 'App', message: `app ${this.#number()}` }
      : { kind: 'Exit', message: `exit ${this.#number()}` }
  }

  /** A greenlet of a body, of a later one mostly: else they might make each other for ever. */
  create(body: number, slot: number): Statement {
    const { random } = this
    const making = random.weighted<Making>([
      ['function', 7],
      ['class', 2],
      ['nothing', 0.7],
    ])
    const parent = random.chance(0.45) ? null : this.any()
    const [generator, scoped] = [random.chance(0.5), this.#isScoped && random.chance(0.5)]
    return { op: 'create', slot, body: this.laterBody(body), parent, making, generator, scoped }
  }

  laterBody(body: number): number {
    const first = body + 1 < this.bodies && this.random.chance(0.85) ? body + 1 : 1
    return this.random.between(first, this.bodies - 1)
  }

  /** Each its own, so that nobody is mistaken for another. */
  #number(): number {
    this.#lastValue += 1
    return this.#lastValue
  }
}
