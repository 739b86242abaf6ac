/** A mistake made through the public API, and what the message has to name, the way out included. */
export interface Mistake {
  readonly make: () => unknown
  readonly says: readonly (string | RegExp)[]
}

/** A value past the types, as JavaScript allows. */
export const loosely = (value: unknown): never => value as never
