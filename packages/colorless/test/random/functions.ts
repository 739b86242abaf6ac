import type { Random } from '../../../plait/test/differential/random.ts'
import type { Expressions } from './expressions.ts'
import { NO_PRIVATES, type Place, Scope } from './scope.ts'
import type { Statements } from './statements.ts'

/** The parameters of a function, as text, with the names they bind. */
interface Parameters {
  readonly text: string
  readonly names: readonly string[]
  readonly isSimple: boolean
}

/** Writes functions. Each begins by asking whether the program may go on, so that recursion ends. */
export class Functions {
  readonly #random: Random
  readonly #expressions: Expressions
  readonly #statements: () => Statements
  #names = 0

  constructor(random: Random, expressions: Expressions, statements: () => Statements) {
    this.#random = random
    this.#expressions = expressions
    this.#statements = statements
  }

  name(prefix: string): string {
    this.#names += 1
    return `${prefix}${this.#names}`
  }

  /** What ends a function, or a round of a loop, once the program has gone on for long enough. */
  guard(otherwise: string): string {
    return `if (!go()) ${otherwise}; `
  }

  /** A function to be called with numbers. */
  expression(scope: Scope, place: Place): string {
    const random = this.#random
    if (random.chance(0.25)) {
      const name = random.chance(0.5) ? this.name('g') : ''
      return `(function ${name}${this.#rest(scope, this.#ofFunction(place), undefined)})`
    }
    const inner = this.#ofArrow(place)
    const parameters = this.#parameters(scope, inner)
    const own = this.#withParameters(scope, parameters)
    const depth = Math.min(inner.depth, 1)
    if (random.chance(0.75)) {
      return `(${parameters.text}) => go() ? ${this.#expressions.number(own, { ...inner, depth })} : 0`
    }
    return `(${parameters.text}) => { ${this.guard('return 0')}${this.#body(own, inner)} }`
  }

  /** A declaration, with the variable it makes. */
  declaration(scope: Scope, place: Place, isGenerator: boolean): { name: string; text: string } {
    const name = this.name(isGenerator ? 'gen' : 'f')
    const own = new Scope(scope)
    own.add({ name, kind: isGenerator ? 'generator' : 'function', isMutable: false })
    const inner = { ...this.#ofFunction(place), isGenerator }
    const text = `function${isGenerator ? '*' : ''} ${name}${this.#rest(own, inner, undefined)}`
    return { name, text }
  }

  /** Parameters and body, of a function or of a method. */
  method(scope: Scope, place: Place): string {
    return this.#rest(scope, place, undefined)
  }

  /** The same, but the body begins with this. */
  constructorRest(scope: Scope, place: Place, first: (scope: Scope) => string): string {
    return this.#rest(scope, place, first)
  }

  objectMethod(scope: Scope, place: Place): string {
    const inner = this.#ofFunction(place)
    switch (this.#random.between(0, 3)) {
      case 0:
        return `m: ${this.expression(scope, place)}`
      case 1:
        return `['m']${this.#rest(scope, inner, undefined)}`
      default:
        return `m${this.#rest(scope, inner, undefined)}`
    }
  }

  /** What a function that is no arrow may do. */
  #ofFunction(place: Place): Place {
    return {
      ...this.#ofArrow(place),
      hasArguments: true,
      hasNewTarget: true,
      self: undefined,
      parent: undefined,
      privates: NO_PRIVATES,
    }
  }

  #ofArrow(place: Place): Place {
    return { ...place, isGenerator: false, mayReturn: true, labels: [], mayBreak: false, mayContinue: false }
  }

  #rest(scope: Scope, place: Place, first: ((scope: Scope) => string) | undefined): string {
    const parameters = this.#parameters(scope, place)
    const own = this.#withParameters(scope, parameters)
    // A directive is not allowed beside parameters that are more than names.
    const isStrict = !place.isStrict && parameters.isSimple && this.#random.chance(0.2)
    const guard =
      first === undefined ? this.guard('return 0') : this.guard('return Object.create(new.target.prototype)')
    const beginning = `${isStrict ? "'use strict'; " : ''}${guard}${first?.(own) ?? ''}`
    return `(${parameters.text}) { ${beginning}${this.#body(own, { ...place, isStrict: place.isStrict || isStrict }, first === undefined)} }`
  }

  #body(scope: Scope, place: Place, returns = true): string {
    const statements = this.#random.weighted([
      [0, 3],
      [1, 4],
      [2, 4],
      [3, 2],
      [4, 1],
    ])
    const yields = place.isGenerator
      ? `yield ${this.#expressions.number(scope, { ...place, depth: 1 })}\n`
      : ''
    const body =
      yields +
      this.#statements().block(new Scope(scope), { ...place, depth: Math.min(place.depth, 2) }, statements)
    if (!returns) return body
    return `${body}${body === '' ? '' : '\n'}return ${this.#expressions.number(scope, { ...place, depth: Math.min(place.depth, 2) })}`
  }

  #withParameters(scope: Scope, { names }: Parameters): Scope {
    const own = new Scope(scope)
    for (const name of names) own.add({ name, kind: 'number', isMutable: true })
    return own
  }

  #parameters(scope: Scope, place: Place): Parameters {
    const random = this.#random
    const names: string[] = []
    const parts: string[] = []
    let isSimple = true
    // No `yield` in parameters, and only names that are bound already.
    const inner = { ...place, isGenerator: false, depth: Math.min(place.depth - 1, 1) }
    const known = new Scope(scope)
    const bind = (): string => {
      const name = this.name('p')
      names.push(name)
      return name
    }
    // A default may call the function itself.
    const value = (): string => `go() ? ${this.#expressions.number(known, inner)} : 0`
    for (let left = random.between(0, 3); left > 0; left--) {
      const kind = random.between(0, 9)
      if (kind < 6) {
        parts.push(bind())
      } else if (kind < 8) {
        const text = value()
        parts.push(`${bind()} = ${text}`)
        isSimple = false
      } else if (kind === 8) {
        const text = value()
        parts.push(
          `{ a: ${bind()} = ${text}, length: ${bind()} } = go() ? ${this.#expressions.record(known, inner)} : {}`,
        )
        isSimple = false
      } else if (left === 1) {
        parts.push(`...[${bind()}, ...{ length: ${bind()} }]`)
        isSimple = false
      }
      for (const name of names) known.add({ name, kind: 'number', isMutable: true })
    }
    return { text: parts.join(', '), names, isSimple }
  }
}
