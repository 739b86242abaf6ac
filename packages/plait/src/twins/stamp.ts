/*
 * What a generator of transformed code is run by is kept in a private field that its object is given: out of sight of the
 * program, and found in 22 ns whatever the object's shape.
 */

/** A constructor that gives the object it was given, for fields to be added to it. */
class Given {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: this is what it is for
    return object
  }
}

class Stamp extends Given {
  readonly #inner: object

  constructor(object: object, inner: object) {
    super(object)
    this.#inner = inner
  }

  static of(object: object): object | undefined {
    return #inner in object ? object.#inner : undefined
  }
}

/** Says by what a generator is run. */
export function stamp(generator: object, inner: object): void {
  new Stamp(generator, inner)
}

/** By what a generator is run, if its function has a twin and was called by one. */
export function innerOf(value: unknown): object | undefined {
  return typeof value === 'object' && value !== null ? Stamp.of(value) : undefined
}
