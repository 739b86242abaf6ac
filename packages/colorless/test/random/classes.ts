import type { Random } from '../../../plait/test/differential/random.ts'
import type { Expressions } from './expressions.ts'
import type { Functions } from './functions.ts'
import { NO_PRIVATES, type Place, type Scope, type Shape } from './scope.ts'

const METHODS = ['m0', 'm1', 'm2']
const FIELDS = ['x', 'y']

/** Writes classes. Names of members are few, so that they override each other. */
export class Classes {
  readonly #random: Random
  readonly #expressions: Expressions
  readonly #functions: Functions

  constructor(random: Random, expressions: Expressions, functions: Functions) {
    this.#random = random
    this.#expressions = expressions
    this.#functions = functions
  }

  declaration(scope: Scope, place: Place): { name: string; text: string; shape: Shape } {
    const random = this.#random
    const name = this.#functions.name('C')
    const parent = random.chance(0.7) ? scope.pick(random, 'class') : undefined
    const inherited = parent?.shape
    const privates = {
      fields: random.chance(0.4) ? ['p'] : [],
      methods: random.chance(0.3) ? ['q'] : [],
    }
    const own: Shape = {
      methods: random.chance(0.9) ? [random.pick(METHODS), random.pick(METHODS)] : [],
      generators: random.chance(0.3) ? ['g'] : [],
      fields: random.chance(0.6) ? [random.pick(FIELDS)] : [],
      accessors: random.chance(0.3) ? ['z'] : [],
      statics: random.chance(0.4) ? ['s'] : [],
      isIterable: random.chance(0.25),
    }
    const shape = inherited === undefined ? own : merge(inherited, own)
    const inner: Place = {
      ...place,
      depth: Math.max(1, place.depth - 1),
      isGenerator: false,
      mayReturn: true,
      labels: [],
      mayBreak: false,
      mayContinue: false,
      hasArguments: true,
      hasNewTarget: true,
      isStrict: true,
      self: shape,
      parent: inherited,
      privates,
    }
    const members = this.#members(scope, inner, own, parent !== undefined)
    const heritage = parent === undefined ? '' : ` extends ${this.#heritage(parent.name, scope, place)}`
    return {
      name,
      text: `class ${name}${heritage} {\n${members.map(member => `${member};\n`).join('')}}`,
      shape,
    }
  }

  #heritage(name: string, scope: Scope, place: Place): string {
    const label = this.#expressions.label()
    switch (this.#random.between(0, 4)) {
      case 0:
        return `t(${label}, ${name})`
      case 1:
        return `(Base => class extends Base { m1(x) { return num(super.m1?.(x)) + ${this.#expressions.number(scope, { ...place, depth: 1, isGenerator: false })} } })(${name})`
      default:
        return name
    }
  }

  #members(scope: Scope, place: Place, own: Shape, isDerived: boolean): string[] {
    const random = this.#random
    const label = (): string => this.#expressions.label()
    const rest = (more: Partial<Place> = {}): string => this.#functions.method(scope, { ...place, ...more })
    const accessor = (): string =>
      `log(${label()}); ${this.#functions.guard('return 0')}return num(this._z) + ${this.#expressions.number(scope, { ...place, depth: 1 })}`
    const members = [
      // The first, and nothing of the object's own in it: a twin that reads a private field before its time finds undefined, not an error.
      ...place.privates.fields.map(
        name =>
          `#${name} = ${this.#initial(scope, { ...place, self: undefined, parent: undefined, privates: NO_PRIVATES })}`,
      ),
      ...own.methods.map(name => `${random.chance(0.15) ? `[t(${label()}, '${name}')]` : name}${rest()}`),
      ...own.generators.map(name => `*${name}${rest({ isGenerator: true })}`),
      ...own.fields.map(name => `${name} = ${this.#initial(scope, place)}`),
      ...own.accessors.flatMap(name => [
        `get ${name}() { ${accessor()} }`,
        `set ${name}(v) { log(${label()}); ${this.#functions.guard('return')}this._z = ${random.chance(0.5) ? 'v' : `num(v) + ${this.#expressions.number(scope, { ...place, depth: 1 })}`} }`,
      ]),
      ...own.statics.map(
        name => `static ${name}${rest({ self: undefined, parent: undefined, privates: NO_PRIVATES })}`,
      ),
      ...place.privates.methods.map(name => `#${name}${rest()}`),
      ...(own.isIterable ? [`*[Symbol.iterator]${rest({ isGenerator: true })}`] : []),
      ...(random.chance(0.2)
        ? [
            `static st = ${this.#initial(scope, { ...place, self: undefined, parent: undefined, privates: NO_PRIVATES })}`,
          ]
        : []),
      ...(random.chance(0.2)
        ? [
            `static { log(${label()}, ${this.#expressions.number(scope, { ...place, depth: 1, hasArguments: false, hasNewTarget: false, self: undefined, parent: undefined, privates: NO_PRIVATES })}) }`,
          ]
        : []),
      ...(random.chance(0.2)
        ? [
            `fn = (x = 1) => go() ? ${this.#expressions.number(scope, { ...place, depth: 1, hasArguments: false, hasNewTarget: false })} + num(x) : 0`,
          ]
        : []),
      ...(random.chance(0.5) ? [this.#constructorOf(scope, place, isDerived)] : []),
    ]
    return place.privates.fields.length === 0 && random.chance(0.3) ? members.toReversed() : members
  }

  /** Of a field: nothing without end, though it may make another object of the class. */
  #initial(scope: Scope, place: Place): string {
    const depth = this.#random.chance(0.5) ? 2 : 0
    return `go() ? ${this.#expressions.number(scope, { ...place, depth, hasArguments: false, hasNewTarget: false })} : 0`
  }

  #constructorOf(scope: Scope, place: Place, isDerived: boolean): string {
    const first = (own: Scope): string => {
      if (!isDerived) return ''
      const args = this.#expressions.args(own, {
        ...place,
        depth: 1,
        self: undefined,
        parent: undefined,
        privates: NO_PRIVATES,
      })
      switch (this.#random.between(0, 5)) {
        case 0:
          return `(() => super(${args}))(); `
        case 1:
          return `try { super(${args}) } finally { log(${this.#expressions.label()}) } `
        case 2:
          return `if (t(${this.#expressions.label()}, 1)) super(${args}); else super(); `
        default:
          return `super(${args}); `
      }
    }
    const inner = { ...place, mayReturn: false }
    return `constructor${this.#functions.constructorRest(scope, inner, first)}`
  }
}

function merge(inherited: Shape, own: Shape): Shape {
  const both = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])]
  return {
    methods: both(inherited.methods, own.methods),
    generators: both(inherited.generators, own.generators),
    fields: both(inherited.fields, own.fields),
    accessors: both(inherited.accessors, own.accessors),
    statics: both(inherited.statics, own.statics),
    isIterable: inherited.isIterable || own.isIterable,
  }
}
