import { Random } from '../../differential/random.ts'
import {
  type Block,
  type CatchKind,
  type Handler,
  limits,
  type Operation,
  type Program,
  type Statement,
} from '../program.ts'
import { Choices } from './choices.ts'
import { leaving, operationsOf, wayWeights } from './weights.ts'
import { writePlain } from './write-plain.ts'

const deepest = 4

/** Writes one random program. It may go on for ever; what runs it counts its steps. */
class Writer {
  readonly #random: Random
  readonly #choices: Choices

  constructor(random: Random) {
    this.#random = random
    this.#choices = new Choices(random)
  }

  program(): Program {
    const random = this.#random
    const { bodies: count, foreign } = this.#choices
    const bodies: Block[] = [this.#main()]
    for (let body = 1; body < count; body += 1) {
      bodies.push([...this.#opening(), ...this.#block(body, random.between(2, 6), 1)])
    }
    return { bodies, foreign, watched: random.chance(0.15) }
  }

  /** It begins with some greenlets, so that the others have something to refer to. */
  #main(): Block {
    const random = this.#random
    const made = Array.from({ length: random.between(3, limits.slots - 1) }, (_, index) =>
      this.#choices.create(0, index + 1),
    )
    const block = this.#block(0, random.between(5, 11), 0)
    return [
      ...this.#opening(),
      ...made,
      ...block.map(statement => (random.chance(0.7) ? this.#safely(statement) : statement)),
    ]
  }

  /** Where contexts are what matters there is something in them from the start. */
  #opening(): Block {
    const isNeeded = this.#choices.theme === 'contexts' && this.#random.chance(0.8)
    return isNeeded ? [writePlain(this.#choices, 'setVariable', 0)] : []
  }

  /** So that a program is not over at its first error. */
  #safely(statement: Statement): Statement {
    if (statement.op === 'try' || statement.op === 'return') return statement
    return {
      op: 'try',
      body: [statement],
      handler: { kind: this.#random.chance(0.75) ? 'all' : this.#kind(), body: [], leave: 'swallow' },
      cleanup: null,
    }
  }

  #block(body: number, length: number, depth: number): Block {
    const random = this.#random
    return Array.from({ length }, () => {
      const op = random.weighted(operationsOf(this.#choices.theme, depth >= deepest))
      const statement = this.#statement(op, body, depth)
      return body > 0 && random.chance(0.15) ? this.#safely(statement) : statement
    })
  }

  /** A block with something in it that goes on elsewhere, mostly. */
  #inner(body: number, depth: number): Block {
    const random = this.#random
    const block = this.#block(body, random.between(0, 3), depth + 1)
    if (random.chance(0.2) && block.length > 0) return block
    const leave = this.#statement(random.weighted(leaving), body, depth)
    return block.toSpliced(random.between(0, block.length), 0, leave)
  }

  #statement(op: Operation, body: number, depth: number): Statement {
    const random = this.#random
    switch (op) {
      case 'try': {
        const handler = random.chance(0.8) ? this.#handler(body, depth) : null
        const cleanup = handler === null || random.chance(0.35) ? this.#cleanup(body, depth) : null
        return { op, body: this.#inner(body, depth), handler, cleanup }
      }
      case 'repeat':
        return { op, times: random.between(1, 3), body: this.#inner(body, depth) }
      case 'within': {
        const way = random.weighted(wayWeights)
        return { op, way, times: random.between(1, 3), body: this.#inner(body, depth) }
      }
      default:
        return writePlain(this.#choices, op, body)
    }
  }

  #handler(body: number, depth: number): Handler {
    const random = this.#random
    const kind = this.#kind()
    const leave = random.weighted<Handler['leave']>([
      ['swallow', 6],
      ['rethrow', 2],
      ['raise', 2],
    ])
    return { kind, body: this.#block(body, random.between(0, 2), depth + 1), leave }
  }

  #kind(): CatchKind {
    return this.#random.weighted<CatchKind>([
      ['all', 4],
      ['ordinary', 4],
      ['exit', 4],
      ['app', 3],
      ['mistake', 3],
    ])
  }

  #cleanup(body: number, depth: number): Block {
    const random = this.#random
    const block = this.#block(body, random.between(1, 2), depth + 1)
    return random.chance(0.15) ? [...block, { op: 'return', value: this.#choices.value() }] : block
  }
}

/** The program of a seed and a number: the same for ever. */
export function generate(seed: number, index: number): Program {
  return new Writer(new Random(seed, index)).program()
}
