import type { Snippet } from '../snippet.ts'

const ITERATOR = `
function items(name, list) {
  return {
    [Symbol.iterator]() {
      log(name, 'opened')
      let n = 0
      return {
        next() { log(name, 'next'); return n < list.length ? { done: false, value: list[n++] } : { done: true, value: 'over' } },
        return(value) { log(name, 'closed'); return {} },
      }
    },
  }
}
`

export const destructuring: readonly Snippet[] = [
  {
    name: 'object patterns: keys, defaults, renaming, rest',
    main: `
      const source = () => (log('source'), { a: 1, b: undefined, c: { d: 4 }, e: 5, f: 6 })
      const { a, b = t('default b'), c: { d, x = t('default x') }, [t('e')]: five = t('no'), ...rest } = source()
      log(a, b, d, x, five, rest)
      let { length, [length + t('', '')]: last = t('none') } = t('text')
      var { toString: { name }, [t('key')]: { deep = t('deep') } = t('whole', {}) } = t('n', 5)
      return [length, last, name, deep]
    `,
  },
  {
    name: 'array patterns over arrays',
    main: `
      const [a, b = t('default b'), , c = t('no'), [d = t('inner')] = t('array', []), ...rest] = t('source', [1, undefined, 2, 3, undefined, 5, 6])
      log(a, b, c, d, rest)
      const [x, ...[y, ...{ length }]] = t('more', [1, 2, 3, 4])
      const [] = t('empty', [])
      const [first = t('first'), second = first + t('second')] = []
      return [x, y, length, first, second]
    `,
  },
  {
    name: 'array patterns over strings, sets, maps and generators of the engine',
    main: `
      const [a, b, ...c] = t('s', 'hello')
      const [[k, v], second = t('none')] = new Map([[t('k'), t('v')]])
      const [x, , y] = new Set([1, 2, 3])
      return [a, b, c, k, v, second, x, y]
    `,
  },
  {
    name: 'array patterns over an iterator of the user: as many steps as needed, then it is closed',
    before: ITERATOR,
    main: `
      const [a, b] = items('two of three', [1, 2, 3])
      const [c, d, e] = items('three of two', [4, 5])
      const [f, ...g] = items('rest', [6, 7, 8])
      const [, h = t('no'), i = t('default')] = items('holes', [9, 10])
      const [] = items('nothing', [11])
      return [a, b, c, d, e, f, g, h, i]
    `,
  },
  {
    name: 'an error in a default closes the iterator',
    before: ITERATOR,
    main: `
      attempt(() => { const [a, b = (() => { throw new Error('in default') })(), c] = items('x', [1, undefined, 3]); log('not reached') })
      attempt(() => { const [a, { [(() => { throw new Error('in key') })()]: b }] = items('y', [1, {}, 3]) })
      attempt(() => { const [{ deep }] = items('z', [null]) })
      kind(() => { const [a] = { [Symbol.iterator]() { return { next() { log('next'); throw new RangeError('step') }, return() { log('never closed') } } } } })
      return 'end'
    `,
    differs: {
      because:
        'a twin draws the items by the keys of an object pattern, and no expression can close the iterator when one of its defaults throws',
      ways: ['inside', 'switching at every call', 'switching at every 3rd call'],
      log: [
        ...[
          'x opened',
          'x next',
          'x next',
          'Error: in default',
          'y opened',
          'y next',
          'y next',
          'Error: in key',
        ],
        ...['z opened', 'z next', 'z closed', "TypeError: Cannot read properties of null (reading 'deep')"],
        ...['next', 'RangeError'],
      ],
      end: /^returned end$/,
    },
  },
  {
    name: 'errors of what cannot be destructured',
    main: `
      kind(() => { const { a } = null })
      kind(() => { const { a } = u('x') })
      kind(() => { const [a] = t('n', 5) })
      kind(() => { const [a] = t('o', {}) })
      kind(() => { const [a] = u('y') })
      kind(() => { const [a] = { [Symbol.iterator]() { return {} } } })
      kind(() => { const [a] = { [Symbol.iterator]() { return 5 } } })
      kind(() => { const [a] = { [Symbol.iterator]() { return { next() { return 5 } } } } })
      kind(() => { (({ a }) => a)() })
      return kind(() => (([a]) => a)(t('none', null)))
    `,
  },
  {
    name: 'assignment patterns: targets found by calls, in order with their values',
    before: ITERATOR,
    main: `
      const o = {}, list = []
      const get = label => (log(label), o)
      ;[get('first').x, get('second')[t('key')] = t('default'), ...list[t('rest', 0)]] = [1, undefined, 3].concat(t('four', 4)) && items('i', [1, undefined, 3, 4])
      ;({ a: get('third').y, [t('b')]: get('fourth')[t('k2')] = t('no'), ...get('rest').others } = t('source', { a: 5, b: 6, c: 7, d: 8 }))
      log(o)
      const whole = ({ a: o.z } = { a: t('v') })
      return [whole, o.z]
    `,
  },
  {
    name: 'assignment patterns: swap, nested, in expressions',
    main: `
      let a = t('a', 1), b = t('b', 2), c
      ;[a, b] = [b, a]
      log(a, b)
      ;({ a, b: [b, c = t('c')] } = { a: t('x'), b: [t('y')] })
      log(a, b, c)
      const list = [3, 1, 2]
      ;[list[t('i', 0)], list[t('j', 1)]] = [list[1], list[0]]
      const f = (...all) => all
      return f([a] = [t('one')], { b = t('dflt') } = {}, list, a, b)
    `,
  },
  {
    name: 'patterns of parameters',
    before: ITERATOR,
    main: `
      const f = ({ a, b = t('b'), ...rest }, [c, d = t('d')] = items('c', ['c']), { [t('key')]: e = a + c } = {}) => [a, b, rest, c, d, e]
      log(f({ a: 1, x: 2 }), f.length)
      function g([x, y] = t('default', [1, 2]), ...[first, { length }]) { return [x, y, first, length, arguments.length] }
      kind(() => g())
      log(g(undefined, 1, []), g([3, 4], t('p'), t('qr')), g.length)
      class A { set it([a, { b = t('set') }]) { this.seen = [a, b] } constructor({ z = t('z') } = {}) { this.z = z } }
      const o = new A
      o.it = [t('v'), {}]
      return o
    `,
  },
  {
    name: 'patterns in loops and in catch',
    before: ITERATOR,
    main: `
      for (const { a, b = t('b') } of [{ a: 1 }, { a: 2, b: 3 }]) log(a, b)
      for (const [x, y = t('y')] of [[1], [2, 3]]) log(x, y)
      for (let [i, n] = items('head', [0, 2]); i < t('test', n); i++) log(i)
      for (const [first, ...others] in { xyz: 1, ab: 2 }) log(first, others)
      try { throw { code: 5, list: [6, 7] } } catch ({ code, none = t('none'), list: [six, , seven = t('seven')] }) { log(code, none, six, seven) }
      const o = {}
      for ([o.p, o[t('q')] = t('default q')] of [[1], [2, 3]]) log(o)
      for ({ a: o.r, ...o.rest } of [{ a: 1, b: t('b2') }]) log(o)
      return o
    `,
  },
  {
    name: 'names are visible to later defaults, and not before',
    main: `
      const { a = t('a'), b = a + t('b'), c = () => d, d = t('d') } = {}
      log(a, b, c(), d)
      attempt(() => { const { x = y, y = t('y') } = {} })
      attempt(() => { const [p = q, q] = [] })
      attempt(() => { const [r = () => { throw new Error(String(s)) }, s = r()] = [] })
      return ((m, n = m + t('n'), o = () => n + m) => o())(t('m'))
    `,
  },
  {
    name: 'functions and classes in patterns are named after their variables',
    main: `
      const { f = () => {}, g = function () {}, h = class {}, i: j = () => {}, k = (0, () => {}), named = function other() {} } = {}
      const [x = () => {}, y = class { static name = t('own') }] = []
      const o = {}
      ;({ a: o.z = () => {} } = {})
      return [f, g, h, j, k, named, x, o.z].map(it => it.name).concat(y.name)
    `,
  },
  {
    name: 'computed keys of patterns are converted once, before the value is read',
    main: `
      const key = { toString() { log('toString'); return 'k' } }
      const source = { get k() { log('read k'); return undefined }, get m() { log('read m'); return 2 } }
      const { [key]: v = t('default'), [t('m')]: m, ...rest } = source
      return [v, m, rest]
    `,
  },
]
