import type { Snippet } from '../snippet.ts'

const BOX = `
class Box {
  #x = 1
  get x() { return t('get', this.#x) }
  set x(value) { t('set'); this.#x = value }
}
`

/** Accessors that wait, wherever a member can stand. */
export const accessors: readonly Snippet[] = [
  {
    name: 'accessors are read and assigned to, but not read where they are assigned to',
    before: BOX,
    main: `
      const b = new Box()
      log(b.x, (b.x = t('value', 2)), b.x)
      b.x += t('add', 3)
      b.x++
      return [b.x, typeof b.x, b.x?.toFixed(1)]
    `,
  },
  {
    name: 'accessors as targets of patterns and loops',
    before: BOX,
    main: `
      const b = new Box()
      ;[b.x] = [t('one', 5)]
      log(b.x)
      ;({ q: b.x, r: b.x = t('default', 7) } = { q: 6 })
      log(b.x)
      for (b.x of [t('of', 8)]) log(b.x)
      for (b.x in { key: 1 }) log(b.x)
      return b.x
    `,
  },
  {
    name: 'deleting an accessor deletes it',
    main: `
      const o = { get a() { return t('get') } }
      log(o.a, delete o.a, 'a' in o, o?.a, delete o?.a)
      return Object.keys(o)
    `,
  },
  {
    name: 'functions bound in a greenlet go on from inside',
    main: `
      const f = function (...all) { return [this, ...all, t('f')] }
      const bound = f.bind('self', 1)
      class A { constructor() { this.m = this.m.bind(this) } m() { return t('m', this.n) } n = 5 }
      const { m } = new A()
      return [bound(2), m(), bound.name, bound.length, [3].map(f.bind(null)).length]
    `,
  },
  {
    name: 'functions have the names of their computed keys',
    main: `
      const key = { toString: () => t('asked', 'k') }, s = Symbol('s')
      const o = { [key]: () => t('a'), [s]: function () { return t('b') }, [t('n', 1)]: x => y => t('c', x + y) }
      return [o.k.name, o[s].name, o[1].name, o.k(), o[s](), o[1](2)(3)]
    `,
  },
  {
    name: 'a tag at the end of a chain in parentheses keeps its object',
    main: `
      const o = { n: 5, tag(parts, x) { return [this?.n, parts.raw[0], x] } }
      const get = () => (t('get'), o)
      return [(get()?.tag)\`a\${t('x', 1)}b\`]
    `,
  },
  {
    name: 'yield is a name in sloppy functions that are not generators',
    format: 'commonjs',
    main: `
      const f = (yield) => t('f', yield)
      const g = function (x) { var yield = x; return t('g', yield) }
      return [f(1), g(2)]
    `,
    still: true,
  },
]
