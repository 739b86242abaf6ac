import type { Random } from '../../../plait/test/differential/random.ts'

/** What is known of a variable's value. */
export type Kind = 'number' | 'list' | 'record' | 'function' | 'generator' | 'class' | 'instance'

/** What is known of a class, and so of its instances: names only; everything takes numbers and gives numbers. */
export interface Shape {
  readonly methods: readonly string[]
  readonly generators: readonly string[]
  readonly fields: readonly string[]
  readonly accessors: readonly string[]
  readonly statics: readonly string[]
  readonly isIterable: boolean
}

export interface Variable {
  readonly name: string
  readonly kind: Kind
  readonly isMutable: boolean
  readonly shape?: Shape
}

/** Where code stands: what it may do there. */
export interface Place {
  readonly depth: number
  readonly isGenerator: boolean
  readonly mayReturn: boolean
  readonly hasArguments: boolean
  readonly hasNewTarget: boolean
  readonly isStrict: boolean
  /** The enclosing labels that can be broken out of, loops among them. */
  readonly labels: readonly { readonly name: string; readonly isLoop: boolean }[]
  readonly mayBreak: boolean
  readonly mayContinue: boolean
  /** What `this` is, where it is known. */
  readonly self: Shape | undefined
  /** What `super` reaches. */
  readonly parent: Shape | undefined
  readonly privates: { readonly fields: readonly string[]; readonly methods: readonly string[] }
}

export const NO_PRIVATES: Place['privates'] = { fields: [], methods: [] }

/** The names visible at a place. */
export class Scope {
  readonly #outer: Scope | undefined
  readonly #variables: Variable[] = []

  constructor(outer?: Scope) {
    this.#outer = outer
  }

  add(variable: Variable): void {
    this.#variables.push(variable)
  }

  all(): Variable[] {
    const inner = new Set(this.#variables.map(variable => variable.name))
    return [...(this.#outer?.all() ?? []).filter(({ name }) => !inner.has(name)), ...this.#variables]
  }

  /** One of a kind, the nearer ones more often. */
  pick(random: Random, kind: Kind, isMutable = false): Variable | undefined {
    const fitting = this.all().filter(one => one.kind === kind && (!isMutable || one.isMutable))
    if (fitting.length === 0) return undefined
    return random.chance(0.5) ? random.pick(fitting.slice(-3)) : random.pick(fitting)
  }
}
