/** What `filter` and `split` match with: an error class, or a predicate over a single error. */
export type ErrorMatcher<E extends Error = Error> =
  | (abstract new (
      ...args: never[]
    ) => E)
  | ((error: unknown) => boolean)

/**
 * Several errors that ended a group of tasks together. Groups may hold groups: `filter` and `split` keep that shape.
 *
 * @example
 * ```ts
 * catch (error) {
 *   if (!(error instanceof ExceptionGroup)) throw error
 *   const [timeouts, others] = error.split(TimeoutError)
 *   if (others) throw others
 * }
 * ```
 * @see PEP 654, ExceptionGroup
 */
export class ExceptionGroup<E = unknown> extends AggregateError {
  declare errors: E[]

  constructor(message: string, errors: Iterable<E>, options?: ErrorOptions) {
    const list = [...errors]
    if (list.length === 0) throw new TypeError('an ExceptionGroup needs at least one error')
    const summary = list.map(error => (error instanceof Error ? error.name : typeof error)).join(', ')
    super(
      list,
      `${message} (${list.length === 1 ? '1 error' : `${list.length} errors`}: ${summary})`,
      options,
    )
    this.#label = message
  }

  readonly #label: string

  /** The part that matches, in the same shape; `undefined` if nothing does. */
  filter(matcher: ErrorMatcher): ExceptionGroup | undefined {
    return this.split(matcher)[0]
  }

  /** The part that matches and the rest, each in the same shape, each `undefined` if empty. */
  split(matcher: ErrorMatcher): [ExceptionGroup | undefined, ExceptionGroup | undefined] {
    if (matches(matcher, this)) return [this, undefined]
    const matched: unknown[] = []
    const rest: unknown[] = []
    for (const error of this.errors) {
      if (error instanceof ExceptionGroup) {
        const [inside, outside] = error.split(matcher)
        if (inside !== undefined) matched.push(inside)
        if (outside !== undefined) rest.push(outside)
      } else (matches(matcher, error) ? matched : rest).push(error)
    }
    return [this.#part(matched), this.#part(rest)]
  }

  /** Every error in it that is no group itself, innermost groups included, in order. */
  leaves(): unknown[] {
    return this.errors.flatMap(error => (error instanceof ExceptionGroup ? error.leaves() : [error]))
  }

  #part(errors: unknown[]): ExceptionGroup | undefined {
    if (errors.length === 0) return undefined
    if (errors.length === this.errors.length && errors.every((error, i) => error === this.errors[i]))
      return this
    const part = new ExceptionGroup(this.#label, errors, { cause: this.cause })
    if (this.stack !== undefined) part.stack = this.stack
    return part
  }
}
ExceptionGroup.prototype.name = 'ExceptionGroup'

function matches(matcher: ErrorMatcher, error: unknown): boolean {
  if (isErrorClass(matcher)) return error instanceof matcher
  // A predicate is asked about single errors: asked about the group, "true" for everything would lose the shape.
  return !(error instanceof ExceptionGroup) && matcher(error)
}

function isErrorClass(matcher: ErrorMatcher): matcher is abstract new (...args: never[]) => Error {
  return matcher === Error || matcher.prototype instanceof Error
}
