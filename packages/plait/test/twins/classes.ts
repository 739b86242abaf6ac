// biome-ignore-all lint/correctness/noConstructorReturn: constructors as the transform writes them
// biome-ignore-all lint/correctness/noUnreachableSuper: the same
import { classTwins, cn, K, superCall } from '../../src/twins.ts'
import type { Twin } from './by-hand.ts'
import { got, paused } from './pausing.ts'

/* Classes in the form that the transform gives them, beside the same classes as they are written. */

/** What has happened, in its order. */
export const log: unknown[] = []

/** What constructors and fields call: it logs, and may suspend. */
export const t: (...values: unknown[]) => unknown = paused((...values: unknown[]): unknown => {
  log.push(...values)
  if (values[0] instanceof Error) throw values[0]
  return values.at(-1)
})
export const T = (...values: unknown[]): Twin<unknown> => got(cn(t, values))

/** The first parameter of a constructor's twin. */
export interface Cell {
  readonly self: Record<string, unknown>
  readonly newTarget: { readonly name: string }
}
export type Class = abstract new (...args: never[]) => object

export const [ctor, fields] = [Symbol('constructor'), Symbol('fields')]

export function stamp<C extends Class>(C: C, hasFields = true, hasConstructor = true, hasPrologue = true): C {
  return classTwins(
    C as never,
    [],
    hasConstructor ? ctor : undefined,
    hasFields ? fields : undefined,
    hasPrologue,
  )
}

/** How `super(…)` stands in a derived class before its own text. */
export function given(): object | undefined {
  return K.given()
}

/* A base class, one derived from it, and two derived from that by default constructors. */

export class PlainBase {
  early: unknown = 'early'
  late: unknown = t('late', this.early)
  #hidden: unknown = [this.late, t('hidden')]
  result: unknown
  constructor({ a }: { a: unknown }, b: unknown = t('default', a), ...rest: unknown[]) {
    this.result = [t('body', a), b, rest, new.target.name]
  }
  get hidden(): unknown {
    return this.#hidden
  }
}
export class PlainDerived extends PlainBase {
  own: unknown = 'own'
  called: unknown = t('called', this.result)
  before: unknown
  constructor(a: unknown) {
    const before = t('before', a, new.target.name)
    super({ a }, t('argument'))
    this.before = before
    t('after', this.called)
  }
}
export class PlainDefault extends PlainDerived {
  last: unknown = t('last', this.own)
}
export class PlainBare extends PlainDefault {}

export class Base {
  early: unknown = 'early'
  late: unknown = K.on ? void 0 : t('late', this.early)
  #hidden: unknown = K.on ? void 0 : [this.late, t('hidden')]
  result: unknown = K.on ? void 0 : undefined
  constructor({ a }: { a: unknown }, b: unknown = t('default', a), ...rest: unknown[]) {
    if (K.on) return K.base() as Base
    this.result = [t('body', a), b, rest, new.target.name]
  }
  *[ctor]($o: Cell, ...all: unknown[]): Twin<undefined> {
    const { a } = all[0] as { a: unknown }
    const b = all[1] === undefined ? yield* T('default', a) : all[1]
    this.result = [yield* T('body', a), b, all.slice(2), $o.newTarget.name]
    return undefined
  }
  *[fields](): Twin<undefined> {
    this.late = yield* T('late', this.early)
    this.#hidden = [this.late, yield* T('hidden')]
    this.result = void 0
    return undefined
  }
  get hidden(): unknown {
    return this.#hidden
  }
}
stamp(Base)
export class Derived extends Base {
  own: unknown = 'own'
  called: unknown = K.on ? void 0 : t('called', this.result)
  before: unknown = K.on ? void 0 : undefined
  constructor(a: unknown) {
    if (K.on) {
      const g = given()
      if (g !== undefined) return g as Derived
      super(...(K.args() as [{ a: unknown }]))
      K.done()
      return
    }
    const before = t('before', a, new.target.name)
    super({ a }, t('argument'))
    this.before = before
    t('after', this.called)
  }
  *[ctor]($o: Cell, a: unknown): Twin<undefined> {
    const before = yield* T('before', a, $o.newTarget.name)
    yield* got(superCall($o as never, [{ a }, yield* T('argument')]))
    $o.self.before = before
    yield* T('after', $o.self.called)
    return undefined
  }
  *[fields](): Twin<undefined> {
    this.called = yield* T('called', this.result)
    this.before = void 0
    return undefined
  }
}
stamp(Derived)
export class Default extends Derived {
  last: unknown = K.on ? void 0 : t('last', this.own)
  constructor(...all: unknown[]) {
    if (K.on) {
      const g = given()
      if (g !== undefined) return g as Default
      super(...(K.args() as [unknown]))
      K.done()
      return
    }
    super(...(all as [unknown]))
  }
  *[fields](): Twin<undefined> {
    this.last = yield* T('last', this.own)
    return undefined
  }
}
stamp(Default, true, false)
export class Bare extends Default {
  constructor(...all: unknown[]) {
    if (K.on) {
      const g = given()
      if (g !== undefined) return g as Bare
      super(...K.args())
      K.done()
      return
    }
    super(...all)
  }
}
stamp(Bare, false, false)

/** A derived class by the text of its constructor, and by its twin. */
export function derived(
  Parent: new (...args: unknown[]) => object,
  plain: (call: (...args: unknown[]) => void, self: () => object) => unknown,
  twin: ($o: Cell) => Twin<unknown>,
): [new () => object, new () => object] {
  class Plain extends Parent {
    // @ts-expect-error it calls super in an arrow function
    constructor() {
      return plain(
        // @ts-expect-error the engine allows it
        (...args) => super(...args),
        () => this,
      ) as Plain
    }
  }
  class Own extends Parent {
    constructor() {
      const g = given()
      if (g !== undefined) return g as Own
      super(...K.args())
      K.done()
    }
    *[ctor]($o: Cell): Twin<unknown> {
      return yield* twin($o)
    }
  }
  stamp(Own, false)
  return [Plain as never, Own as never]
}

export class Made {
  declare all: unknown[]
  constructor(...all: unknown[]) {
    if (K.on) return K.base() as Made
    this.all = [t('made'), ...all]
  }
  *[ctor](_$o: Cell, ...all: unknown[]): Twin<undefined> {
    this.all = [yield* T('made'), ...all]
    return undefined
  }
}
stamp(Made, false)
