import { checkCallback } from '../errors/check-callback.ts'
import { misuse } from '../errors/misuse.ts'
import { currentSeat, inside, NOWHERE, type Seat, Surroundings } from './surroundings.ts'

/**
 * The variables made on this thread, by name: kept only in workers, which are sent values by name. Undefined elsewhere.
 */
export const madeVars: { byName: Map<string, ContextVar<unknown>[]> | undefined } = { byName: undefined }

/** Stands where a value should be that could not be sent to this thread. */
export class Withheld {
  readonly why: string

  constructor(why: string) {
    this.why = why
  }
}

/**
 * A variable with a value per task: a task starts with its maker's values and keeps its own from there.
 *
 * @example
 * ```ts
 * const user = new ContextVar<string>('user', { default: 'nobody' })
 * { using token = user.set('ann'); createTask(greet()) } // greets ann, whenever it runs
 * user.get() // 'nobody'
 * ```
 * @see contextvars.ContextVar (PEP 567)
 */
export class ContextVar<T> {
  readonly name: string
  readonly #default: { readonly value: T } | undefined

  constructor(name: string, options: { default?: T } = {}) {
    this.name = name
    this.#default = 'default' in options ? { value: options.default as T } : undefined
    const { byName } = madeVars
    byName?.set(name, [...(byName.get(name) ?? []), this as ContextVar<unknown>])
  }

  /**
   * The value here: the last one set in this task (or its maker, before), else the default.
   * @throws MisuseError if there is neither
   */
  get(): T {
    const { vars } = currentSeat()._context
    const value = vars.get(this)
    if (value instanceof Withheld) throw misuse('contextNotSent', this.name, value.why)
    if (value !== undefined || vars.has(this)) return value as T
    if (this.#default === undefined) throw misuse('noContextValue', this.name)
    return this.#default.value
  }

  /** Sets the value for the rest of this task, and for the tasks it makes. */
  set(value: T): Token<T> {
    const seat = currentSeat()
    const { vars, scope } = seat._context
    const before = vars.has(this) ? { value: vars.get(this) as T } : undefined
    seat._context = new Surroundings(new Map(vars).set(this, value), scope)
    return new Token(this, seat, before)
  }

  /**
   * Puts back what `set` replaced.
   * @throws MisuseError if the token was used already, or was made for another variable or in another context
   */
  reset(token: Token<T>): void {
    const seat = currentSeat()
    if (token?.variable !== this || token._seat !== seat) throw misuse('tokenElsewhere', this.name)
    const before = token._use()
    const { vars, scope } = seat._context
    const next = new Map(vars)
    if (before === undefined) next.delete(this)
    else next.set(this, before.value)
    seat._context = new Surroundings(next, scope)
  }
}

/**
 * What `set` gives: good for one `reset`, by hand or by `using`.
 *
 * @example
 * ```ts
 * using token = user.set('ann') // reset when the block is left
 * ```
 * @see contextvars.Token
 */
export class Token<T> implements Disposable {
  readonly variable: ContextVar<T>
  /** The value before, if there was one. */
  readonly oldValue: T | undefined
  /** @internal Where it was made, and can be used. */
  readonly _seat: Seat
  readonly #before: { readonly value: T } | undefined
  #used = false

  /** @internal */
  constructor(variable: ContextVar<T>, seat: Seat, before: { readonly value: T } | undefined) {
    this.variable = variable
    this._seat = seat
    this.oldValue = before?.value
    this.#before = before
  }

  /** @internal */
  _use(): { readonly value: T } | undefined {
    if (this.#used) throw misuse('tokenUsed', this.variable.name)
    this.#used = true
    return this.#before
  }

  [Symbol.dispose](): void {
    if (!this.#used) this.variable.reset(this)
  }
}

/**
 * A set of context variables' values. `run` enters it; changes made inside stay in it.
 *
 * @example
 * ```ts
 * const context = copyContext()
 * context.run(() => user.set('ann'))
 * context.get(user) // 'ann', and outside still 'nobody'
 * ```
 * @see contextvars.Context
 */
export class Context implements Seat {
  /** @internal */ _context: Surroundings = NOWHERE
  #entered = false

  /** Runs `fn` inside and gives what it returns. */
  run<A extends readonly unknown[], R>(fn: (...args: A) => R, ...args: A): R {
    checkCallback('Context.run', fn)
    if (this.#entered) throw misuse('contextEntered')
    this.#entered = true
    try {
      return inside(this, fn, args)
    } finally {
      this.#entered = false
    }
  }

  /** A context of its own with the same values. */
  copy(): Context {
    const copy = new Context()
    copy._context = this._context
    return copy
  }

  /** The value a variable has in here; its default does not count. */
  get<T>(variable: ContextVar<T>): T | undefined {
    return this._context.vars.get(variable) as T | undefined
  }

  /** Whether a variable was set in here. */
  has(variable: ContextVar<unknown>): boolean {
    return this._context.vars.has(variable)
  }

  /** How many variables were set in here. */
  get size(): number {
    return this._context.vars.size
  }
}

/**
 * A copy of what the running code sees, to run something in later.
 *
 * @example
 * ```ts
 * const context = copyContext()
 * setTimeout(() => context.run(report), 100)
 * ```
 * @see contextvars.copy_context
 */
export function copyContext(): Context {
  const context = new Context()
  context._context = currentSeat()._context
  return context
}
