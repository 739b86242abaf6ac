/** One construction of a class by its twins: what the twin of a derived constructor has in place of `this` and `new.target`. */
export class Construction {
  readonly C: AnyClass
  readonly newTarget: AnyClass
  #self: object | undefined = undefined

  constructor(C: AnyClass, newTarget: AnyClass) {
    this.C = C
    this.newTarget = newTarget
  }

  /** The object, once `super(…)` has made it. */
  get self(): object {
    const self = this.#self
    if (self !== undefined) return self
    throw new ReferenceError(
      "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
    )
  }

  get isBound(): boolean {
    return this.#self !== undefined
  }

  /** The object that `super(…)` has made is what `this` means from here on. */
  bind(self: object): void {
    if (this.#self !== undefined) throw new ReferenceError('Super constructor may only be called once')
    this.#self = self
  }
}

/** What `new` constructs. */
export type AnyClass = abstract new (...args: never[]) => object
