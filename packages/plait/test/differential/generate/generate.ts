import type { Block, CatchKind, Handler, Operation, Program, Statement } from '../program.ts'
import { limits } from '../program.ts'
import { Random } from '../random.ts'
import { Choices } from './choices.ts'
import { PlainWriter } from './plain-writer.ts'
import { SharedWriter } from './things-writer.ts'
import { callbackWeights, compoundWeights, leavingWeights, plainWeights, waitingWeights } from './weights.ts'
import { writeWaiting } from './write-waiting.ts'

const deepest = 4

const swallow = (kind: CatchKind): Handler => ({ kind, body: [], leave: 'swallow' })

/**
 * Writes one random program. Bodies refer to later bodies alone, so they end; callbacks that make tasks may go on for
 * ever, until the limit on events.
 */
class Writer {
  readonly #random: Random
  readonly #choices: Choices
  readonly #plain: PlainWriter
  readonly #shared: SharedWriter

  constructor(random: Random) {
    this.#random = random
    this.#choices = new Choices(random)
    this.#plain = new PlainWriter(this.#choices)
    this.#shared = new SharedWriter(this.#choices)
  }

  program(): Program {
    const random = this.#random
    const { bodies: count, callbacks: callbackCount, futures } = this.#choices
    const bodies: Block[] = [this.#main()]
    for (let body = 1; body < count; body += 1) {
      bodies.push([...this.#shared.opening(), ...this.#block(body, random.between(2, 6), 1)])
    }
    const callbacks = Array.from({ length: callbackCount }, () => this.#callback())
    const raw = bodies.map(() => random.chance(0.5))
    const hurried = random.chance(0.15)
    const watched = random.chance(0.15)
    return { bodies, raw, hurried, watched, callbacks, futures }
  }

  /** The main body begins with some tasks, so that the others have something to refer to, and to wait for together. */
  #main(): Block {
    const random = this.#random
    const set = random.chance(0.15) ? [this.#plain.write('setVariable', 0)] : []
    const tasks = this.#shared.isUsed
      ? Array.from({ length: random.between(2, 3) }, (_, round) =>
          this.#shared.meeting(this.#tasks(3 * round, random.between(2, 4))),
        ).flat()
      : this.#tasks(0, random.between(1, 4))
    const last = random.chance(0.5) ? [{ op: 'sleep', delay: random.between(3, 12) } as const] : []
    return [...set, ...tasks, ...this.#block(0, random.between(4, 9), 0), ...last]
  }

  #tasks(firstSlot: number, count: number): Block {
    return Array.from({ length: count }, (_, index) =>
      this.#plain.spawn(0, 1 + ((firstSlot + index) % (limits.slots - 1))),
    )
  }

  #callback(): Block {
    const random = this.#random
    if (random.chance(0.4)) return []
    const block = Array.from({ length: random.between(1, 2) }, () =>
      this.#shared.isNext() ? this.#shared.step() : this.#plain.write(random.weighted(callbackWeights), 0),
    )
    return random.chance(0.12) ? [...block, this.#plain.write('raise', 0)] : block
  }

  #block(body: number, length: number, depth: number): Block {
    const random = this.#random
    const block: Statement[] = []
    for (let written = 0; written < length; ) {
      if (random.chance(0.03)) return [...block, this.#plain.write(random.weighted(leavingWeights), body)]
      if (this.#shared.isNext()) {
        const inner = () => (depth < deepest ? this.#block(body, random.between(1, 3), depth + 1) : [])
        block.push(...this.#shared.write(inner))
        continue
      }
      const statement = this.#statement(body, depth)
      const sequel = this.#plain.sequel(statement, body)
      block.push(statement, ...(sequel ? [sequel] : []))
      written += 1
    }
    return block
  }

  #statement(body: number, depth: number): Statement {
    const random = this.#random
    const kind = random.next()
    if (kind < 0.22 && depth < deepest) return this.#compound(random.weighted(compoundWeights), body, depth)
    if (kind < 0.6) return this.#plain.write(random.weighted(plainWeights), body)
    return writeWaiting(this.#choices, random.weighted(waitingWeights), body)
  }

  #compound(op: Operation, body: number, depth: number): Statement {
    const random = this.#random
    const inner = (most = 4) => this.#block(body, random.between(1, most), depth + 1)
    switch (op) {
      case 'timeout': {
        const { scopes } = this.#choices
        const scope = random.between(0, limits.scopes - 1)
        scopes.push(scope)
        const block = random.chance(0.3) ? [this.#plain.write('reschedule', body), ...inner()] : inner()
        scopes.pop()
        const limit = this.#choices.limit(0.12, -1, 6)
        return this.#surrounded({ op, scope, at: random.chance(0.3), limit, body: block })
      }
      case 'group': {
        const { groups } = this.#choices
        const group = random.between(0, limits.groups - 1)
        groups.push(group)
        const children = Array.from({ length: random.between(0, 2) }, () => this.#plain.spawn(body))
        const block = [...children, ...inner(3)]
        groups.pop()
        return { op, group, body: block }
      }
      case 'repeat':
        return { op, times: random.between(2, 3), body: inner(2) }
      default:
        return this.#try(inner, body)
    }
  }

  #try(inner: (most?: number) => Block, body: number): Statement {
    const random = this.#random
    const shape = random.next()
    const handler = shape < 0.75 ? this.#handler(inner, body) : null
    const cleanup = shape > 0.55 ? inner(2) : null
    const last = cleanup && random.chance(0.2) ? [this.#plain.write('return', body)] : []
    const thrown = random.chance(0.2) ? [this.#plain.write('raise', body)] : []
    return { op: 'try', body: [...inner(), ...thrown], handler, cleanup: cleanup && [...cleanup, ...last] }
  }

  #handler(inner: (most?: number) => Block, body: number): Handler {
    const random = this.#random
    const first: Statement[] = []
    if (random.chance(0.35)) first.push({ op: 'uncancel', what: 'self' })
    if (this.#choices.groups.length > 0 && random.chance(0.4)) first.push(this.#plain.spawn(body))
    return {
      kind: random.pick<CatchKind>([
        ...(['all', 'all', 'ordinary', 'ordinary', 'cancelled', 'cancelled', 'timeout'] as const),
      ]),
      body: [...first, ...(random.chance(0.3) ? [] : inner(2))],
      leave: random.pick(['swallow', 'swallow', 'swallow', 'rethrow', 'rethrow', 'raise', 'raise']),
    }
  }

  /** A timeout whose error is caught, or whose body takes the cancel for its own. */
  #surrounded(timeout: Statement & { op: 'timeout' }): Statement {
    const shape = this.#random.next()
    if (shape < 0.2) return { op: 'try', body: [timeout], handler: swallow('timeout'), cleanup: null }
    if (shape > 0.4) return timeout
    const body = [{ op: 'try', body: timeout.body, handler: swallow('all'), cleanup: null } as const]
    return { ...timeout, body }
  }
}

/** Program number `index` of a seed, always the same. */
export function generate(seed: number, index: number): Program {
  return new Writer(new Random(seed, index)).program()
}
