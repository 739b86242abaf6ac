import type { Node } from './ast.ts'

/** The variables of its own that one twin needs, told as it is written. */
export class Activation {
  readonly #prefix: string
  readonly #names = new Set<string>()
  #temporaries = 0

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  /** What a call gave: read at once after it is written. */
  get result(): string {
    return this.#use(`${this.#prefix}r`)
  }

  /** An object whose method is called: read at once as well. */
  get object(): string {
    return this.#use(`${this.#prefix}o`)
  }

  /** A variable that nothing else uses. */
  temporary(): string {
    this.#temporaries += 1
    return this.#use(`${this.#prefix}t${this.#temporaries}`)
  }

  /** The declaration of all of them. */
  declaration(keyword: 'let' | 'var' = 'let'): string {
    return this.#names.size === 0 ? '' : `${keyword} ${[...this.#names].join(',')};`
  }

  #use(name: string): string {
    this.#names.add(name)
    return name
  }
}

/** How private members of a class are entered: the name of the twin of each that has one. */
export type PrivateTwins = ReadonlyMap<
  string,
  { readonly kind: 'method' | 'get' | 'set'; readonly twin: string }[]
>

/** Where in the output we are: each part of the source is written once for every place it is needed in. */
export interface Context {
  /** Inside a twin: calls that may wait are written so that they can. */
  readonly suspends: boolean
  /** Inside a twin, or a function made in one: functions are written once, as twins, and wrapped. */
  readonly wraps: boolean
  /** Inside a function: what is made here is made often. */
  readonly isNested: boolean
  readonly activation: Activation
  /** What `this`, `arguments` and `new.target` are called here, if not so. */
  readonly thisText?: string | undefined
  readonly argumentsText?: string | undefined
  readonly newTargetText?: string | undefined
  /** The function that reads a member of `super`, where `super` cannot be written. */
  readonly superText?: string | undefined
  /** The cell of the derived constructor we are in. */
  readonly cellText?: string | undefined
  /** What a member of `super` is looked up above, where that has a name. */
  readonly homeText?: string | undefined
  readonly privates: PrivateTwins
  /** The statements of the module that a program starts with, and the variables its exports are kept in. */
  readonly isEntry?: boolean
  readonly exports?: ReadonlyMap<string, string>
  /** Parts that are written as something else: what an optional chain has got so far. */
  readonly instead: ReadonlyMap<Node, Substitute>
}

export interface Substitute {
  /** The text of the node. */
  readonly text: string
  /** For the callee of a call: the object it is called on. */
  readonly self?: string | undefined
}
