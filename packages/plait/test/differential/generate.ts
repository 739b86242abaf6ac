import {
  type Block,
  type CatchKind,
  type Handler,
  limits,
  type Operation,
  type Program,
  type Statement,
  type Target,
  type Thing,
  type WaitMode,
} from './program.ts'
import { Random } from './random.ts'
import { callbackWeights, compoundWeights, leavingWeights, plainWeights, waitingWeights } from './weights.ts'

const deepest = 4

/**
 * Writes one random program. Bodies refer to later bodies alone, so they end; callbacks that make tasks may go on for
 * ever, until the limit on events.
 */
class Writer {
  readonly #random: Random
  readonly #bodies: number
  readonly #callbacks = 3
  readonly #futures = 3
  /** Scopes and groups the statement being written stands in. */
  readonly #scopes: number[] = []
  readonly #groups: number[] = []
  /** What was written before, for later statements to come back to. */
  readonly #added: { what: Target; callback: number }[] = []
  readonly #set: number[] = []

  constructor(random: Random) {
    this.#random = random
    this.#bodies = random.between(3, 6)
  }

  program(): Program {
    const random = this.#random
    const bodies: Block[] = [this.#main()]
    for (let body = 1; body < this.#bodies; body += 1) {
      bodies.push(this.#block(body, random.between(2, 6), 1))
    }
    const callbacks = Array.from({ length: this.#callbacks }, () => this.#callback())
    const raw = bodies.map(() => random.chance(0.5))
    const hurried = random.chance(0.15)
    const watched = random.chance(0.15)
    return { bodies, raw, hurried, watched, callbacks, futures: this.#futures }
  }

  /** The main body begins with some tasks, so that the others have something to refer to. */
  #main(): Block {
    const random = this.#random
    const set = random.chance(0.15) ? [this.#plain('setVariable', 0)] : []
    const tasks = Array.from({ length: random.between(1, 4) }, (_, index) => this.#spawn(0, index + 1))
    const first = [...set, ...tasks]
    const last = random.chance(0.5) ? [{ op: 'sleep', delay: random.between(3, 12) } as const] : []
    return [...first, ...this.#block(0, random.between(4, 9), 0), ...last]
  }

  #callback(): Block {
    const random = this.#random
    if (random.chance(0.4)) return []
    const block = Array.from({ length: random.between(1, 2) }, () =>
      this.#plain(random.weighted(callbackWeights), 0),
    )
    return random.chance(0.12) ? [...block, this.#plain('raise', 0)] : block
  }

  #block(body: number, length: number, depth: number): Block {
    const random = this.#random
    const block: Statement[] = []
    while (block.length < length) {
      if (random.chance(0.03)) return [...block, this.#plain(random.weighted(leavingWeights), body)]
      const statement = this.#statement(body, depth)
      const sequel = this.#sequel(statement, body)
      block.push(statement, ...(sequel ? [sequel] : []))
    }
    return block
  }

  #statement(body: number, depth: number): Statement {
    const random = this.#random
    const kind = random.next()
    if (kind < 0.22 && depth < deepest) return this.#compound(random.weighted(compoundWeights), body, depth)
    if (kind < 0.6) return this.#plain(random.weighted(plainWeights), body)
    return this.#waiting(random.weighted(waitingWeights), body)
  }

  #plain(op: Operation, body: number): Statement {
    const random = this.#random
    const callback = random.between(0, this.#callbacks - 1)
    const handle = random.between(0, limits.handles - 1)
    const future = random.between(0, this.#futures - 1)
    const variable = random.between(0, limits.variables - 1)
    switch (op) {
      case 'cancel':
        return { op, what: this.#target(0.12), reason: random.pick([null, null, 'red', 'blue', 'green']) }
      case 'uncancel':
      case 'cancelling':
        return { op, what: random.chance(0.6) ? 'self' : this.#task() }
      case 'read':
        return { op, what: random.chance(0.4) ? this.#future() : this.#target(0.1) }
      case 'setResult':
        return { op, future, value: random.between(10, 99) }
      case 'setError':
        return { op, future, message: random.pick(['broken', 'lost']) }
      case 'renewFuture':
        return { op, future }
      case 'addCallback': {
        const added = { what: this.#target(0.15), callback }
        this.#added.push(added)
        return { op, ...added }
      }
      case 'removeCallback':
        return { op, ...this.#again(this.#added, { what: this.#target(0.15), callback }) }
      case 'callSoon':
        return { op, handle, callback }
      case 'callLater':
        return { op, handle, callback, delay: random.chance(0.2) ? 0 : random.between(1, 5) }
      case 'callAt':
        return { op, handle, callback, offset: random.between(-2, 5) }
      case 'cancelHandle':
        return { op, handle }
      case 'reschedule':
        return { op, scope: this.#known(this.#scopes, limits.scopes), to: this.#limit(0.25, -3, 6) }
      case 'currentTask':
        return { op }
      case 'setVariable':
        this.#set.push(variable)
        return { op, variable, value: random.between(1, 9) }
      case 'getVariable':
        return { op, variable: this.#again(this.#set, variable) }
      case 'raise':
        return { op, message: random.pick(['first', 'second', 'third']) }
      case 'return':
        return { op, value: random.between(100, 999) }
      default:
        return this.#spawn(body)
    }
  }

  /** What would hardly ever follow by chance. */
  #sequel(last: Statement, body: number): Statement | undefined {
    if (this.#random.chance(0.75)) return undefined
    switch (last.op) {
      case 'addCallback':
        return { ...last, op: 'removeCallback' }
      case 'setResult':
      case 'setError':
        return { op: 'read', what: `F${last.future}` }
      case 'cancel':
        return last.what.startsWith('F') ? { op: 'read', what: last.what } : undefined
      case 'timeout':
        return { op: 'reschedule', scope: last.scope, to: 3 }
      case 'group': {
        const late = this.#spawn(body)
        return late.op === 'spawn' ? { ...late, group: last.group } : undefined
      }
      default:
        return undefined
    }
  }

  #spawn(body: number, slot = this.#random.between(1, limits.slots - 1)): Statement {
    const random = this.#random
    if (body + 1 >= this.#bodies) return { op: 'getVariable', variable: 0 }
    const inside = this.#groups.length > 0 ? 0.75 : 0.2
    const eager = random.chance(0.25)
    // A context is entered once at a time, and an eager task may be started from inside the shared one.
    const contexts = eager ? (['copied', 'own'] as const) : (['copied', 'copied', 'own', 'shared'] as const)
    const context = random.pick<(typeof contexts)[number]>(contexts)
    return {
      op: 'spawn',
      slot,
      body: random.between(body + 1, this.#bodies - 1),
      eager,
      context,
      group: random.chance(inside) ? this.#known(this.#groups, limits.groups) : null,
    }
  }

  #waiting(op: Operation, body: number): Statement {
    const random = this.#random
    switch (op) {
      case 'sleep':
        return { op, delay: random.chance(0.15) ? 0 : random.between(1, 5) }
      case 'turn':
        return { op, times: random.between(1, 5) }
      case 'shield':
        return { op, what: this.#thing(body) }
      case 'gather':
        return { op, what: this.#several(() => this.#thing(body)), settled: random.chance(0.35) }
      case 'wait': {
        const mode = random.pick<WaitMode>(['ALL_COMPLETED', 'FIRST_COMPLETED', 'FIRST_EXCEPTION'])
        return { op, what: this.#several(() => this.#target(0.03)), mode, limit: this.#limit(0.4, 0, 6) }
      }
      case 'waitFor':
        return {
          op,
          what: this.#thing(body),
          limit: this.#limit(0.12, -1, 6),
          shielded: random.chance(0.2),
        }
      case 'asCompleted': {
        const form = random.pick(['next', 'each'] as const)
        return { op, what: this.#several(() => this.#thing(body)), limit: this.#limit(0.5, 0, 6), form }
      }
      default:
        return { op: 'await', what: this.#thing(body) }
    }
  }

  #compound(op: Operation, body: number, depth: number): Statement {
    const random = this.#random
    const inner = (most = 4) => this.#block(body, random.between(1, most), depth + 1)
    switch (op) {
      case 'timeout': {
        const scope = random.between(0, limits.scopes - 1)
        this.#scopes.push(scope)
        const block = random.chance(0.3) ? [this.#plain('reschedule', body), ...inner()] : inner()
        this.#scopes.pop()
        const timeout = { op, scope, at: random.chance(0.3), limit: this.#limit(0.12, -1, 6) } as const
        return this.#surrounded({ ...timeout, body: block })
      }
      case 'group': {
        const group = random.between(0, limits.groups - 1)
        this.#groups.push(group)
        const children = Array.from({ length: random.between(0, 2) }, () => this.#spawn(body))
        const block = [...children, ...inner(3)]
        this.#groups.pop()
        return { op, group, body: block }
      }
      case 'repeat':
        return { op, times: random.between(2, 3), body: inner(2) }
      default: {
        const shape = random.next()
        const handler = shape < 0.75 ? this.#handler(inner, body) : null
        const cleanup = shape > 0.55 ? inner(2) : null
        const last = cleanup && random.chance(0.2) ? [this.#plain('return', body)] : []
        const thrown = random.chance(0.2) ? [this.#plain('raise', body)] : []
        return {
          op: 'try',
          body: [...inner(), ...thrown],
          handler,
          cleanup: cleanup && [...cleanup, ...last],
        }
      }
    }
  }

  #handler(inner: (most?: number) => Block, body: number): Handler {
    const random = this.#random
    const first: Statement[] = []
    if (random.chance(0.35)) first.push({ op: 'uncancel', what: 'self' })
    if (this.#groups.length > 0 && random.chance(0.4)) first.push(this.#spawn(body))
    return {
      kind: random.pick<CatchKind>([
        'all',
        'all',
        'ordinary',
        'ordinary',
        'cancelled',
        'cancelled',
        'timeout',
      ]),
      body: [...first, ...(random.chance(0.3) ? [] : inner(2))],
      leave: random.pick(['swallow', 'swallow', 'swallow', 'rethrow', 'rethrow', 'raise', 'raise']),
    }
  }

  /** A timeout whose error is caught, or whose body takes the cancel for its own. */
  #surrounded(timeout: Statement & { op: 'timeout' }): Statement {
    const shape = this.#random.next()
    const handler = (kind: CatchKind): Handler => ({ kind, body: [], leave: 'swallow' })
    if (shape < 0.2) return { op: 'try', body: [timeout], handler: handler('timeout'), cleanup: null }
    if (shape > 0.4) return timeout
    const body = [{ op: 'try', body: timeout.body, handler: handler('all'), cleanup: null } as const]
    return { ...timeout, body }
  }

  #task(): Target {
    if (this.#random.chance(0.08)) return 'T0'
    return `T${this.#random.between(1, this.#random.between(2, limits.slots - 1))}`
  }

  #target(self: number): Target {
    const choice = this.#random.next()
    if (choice < self) return 'self'
    return choice < 0.8 ? this.#task() : this.#future()
  }

  #future(): Target {
    return `F${this.#random.between(0, this.#futures - 1)}`
  }

  #thing(body: number): Thing {
    const fresh = body + 1 < this.#bodies && this.#random.chance(0.3)
    return fresh ? `B${this.#random.between(body + 1, this.#bodies - 1)}` : this.#target(0.02)
  }

  /** One to four; now and then the same one twice. */
  #several<T extends string>(one: () => T): T[] {
    const things = Array.from({ length: this.#random.between(1, 3) }, one)
    return this.#random.chance(0.2) ? [...things, this.#random.pick(things)] : things
  }

  #limit(none: number, low: number, high: number): number | null {
    return this.#random.chance(none) ? null : this.#random.between(low, high)
  }

  /** A scope or group that surrounds the statement, mostly; else any. */
  #known(around: readonly number[], count: number): number {
    const near = around.length > 0 && this.#random.chance(0.85)
    return near ? this.#random.pick(around) : this.#random.between(0, count - 1)
  }

  #again<T>(before: readonly T[], otherwise: T): T {
    return before.length > 0 && this.#random.chance(0.7) ? this.#random.pick(before) : otherwise
  }
}

/** Program number `index` of a seed, always the same. */
export function generate(seed: number, index: number): Program {
  return new Writer(new Random(seed, index)).program()
}
