import { limits, type Operation, type Statement, type Target } from '../program.ts'
import type { Choices } from './choices.ts'

/** Writes what happens at once, but for what is shared. */
export class PlainWriter {
  readonly #choices: Choices
  /** What was written before, for later statements to come back to. */
  readonly #added: { what: Target; callback: number }[] = []
  readonly #set: number[] = []

  constructor(choices: Choices) {
    this.#choices = choices
  }

  write(op: Operation, body: number): Statement {
    const choices = this.#choices
    const { random } = choices
    const handle = random.between(0, limits.handles - 1)
    const future = random.between(0, choices.futures - 1)
    const variable = random.between(0, limits.variables - 1)
    switch (op) {
      case 'cancel':
        return { op, what: choices.target(0.12), reason: random.pick([null, null, 'red', 'blue', 'green']) }
      case 'uncancel':
      case 'cancelling':
        return { op, what: random.chance(0.6) ? 'self' : choices.task() }
      case 'read':
        return { op, what: random.chance(0.4) ? choices.future() : choices.target(0.1) }
      case 'setResult':
        return { op, future, value: random.between(10, 99) }
      case 'setError':
        return { op, future, message: random.pick(['broken', 'lost']) }
      case 'renewFuture':
        return { op, future }
      case 'addCallback': {
        const added = { what: choices.target(0.15), callback: choices.callback() }
        this.#added.push(added)
        return { op, ...added }
      }
      case 'removeCallback': {
        const other = { what: choices.target(0.15), callback: choices.callback() }
        return { op, ...this.#again(this.#added, other) }
      }
      case 'callSoon':
        return { op, handle, callback: choices.callback() }
      case 'callLater': {
        const delay = random.chance(0.2) ? 0 : random.between(1, 5)
        return { op, handle, callback: choices.callback(), delay }
      }
      case 'callAt':
        return { op, handle, callback: choices.callback(), offset: random.between(-2, 5) }
      case 'cancelHandle':
        return { op, handle }
      case 'reschedule':
        return { op, scope: choices.scope(), to: choices.limit(0.25, -3, 6) }
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
        return this.spawn(body)
    }
  }

  spawn(body: number, slot = this.#choices.random.between(1, limits.slots - 1)): Statement {
    const choices = this.#choices
    const { random } = choices
    if (body + 1 >= choices.bodies) return { op: 'getVariable', variable: 0 }
    const inside = choices.groups.length > 0 ? 0.75 : 0.2
    const eager = random.chance(0.25)
    // A context is entered once at a time, and an eager task may be started from inside the shared one.
    const contexts = eager ? (['copied', 'own'] as const) : (['copied', 'copied', 'own', 'shared'] as const)
    const context = random.pick<(typeof contexts)[number]>(contexts)
    const group = random.chance(inside) ? choices.group() : null
    return { op: 'spawn', slot, body: choices.laterBody(body), eager, context, group }
  }

  /** What would hardly ever follow by chance. */
  sequel(last: Statement, body: number): Statement | undefined {
    if (this.#choices.random.chance(0.75)) return undefined
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
        const late = this.spawn(body)
        return late.op === 'spawn' ? { ...late, group: last.group } : undefined
      }
      default:
        return undefined
    }
  }

  #again<T>(before: readonly T[], otherwise: T): T {
    const { random } = this.#choices
    return before.length > 0 && random.chance(0.7) ? random.pick(before) : otherwise
  }
}
