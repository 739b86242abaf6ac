import type { Snippet } from '../snippet.ts'

const CANNOT_SUSPEND = /^threw \[CannotSuspendError /

export const protocols: readonly Snippet[] = [
  {
    name: 'conversions by valueOf, toString and Symbol.toPrimitive',
    main: `
      const o = { valueOf() { log('valueOf'); return 5 }, toString() { log('toString'); return 'text' } }, p = { [Symbol.toPrimitive](hint) { return t('hint ' + hint, hint === 'number' ? 7 : 'p') } }
      log(o + 1, o * 2, \`\${o}\`, o > 4, o == 5, [o] + '', -o, o + 'x', { text: 1 }[o], p + 1, +p, \`\${p}\`, p < 8, { p: 'key' }[p], String(o), Number(p), o ** 2)
      let n = o; n++; log(n)
      kind(() => +{ valueOf: () => ({}), toString: () => ({}) }); attempt(() => \`\${{ toString() { throw new Error('in toString') } }}\`)
      const d = new (class extends Date { [Symbol.toPrimitive](hint) { return t('date ' + hint) } })(0)
      return [d + '', [1, 2, { toString: () => t('in join') }].join('-'), isNaN(o), new Date(o).getTime(), 'abc'[{ valueOf: () => 1, toString: () => t('1') }]]
    `,
  },
  {
    name: 'symbols that the language asks for',
    main: `
      class Even { static [Symbol.hasInstance](n) { return t('hasInstance', n % 2 === 0) } get [Symbol.toStringTag]() { return t('Tag') } get [Symbol.isConcatSpreadable]() { return t('spreadable', true) } length = 1; 0 = 'item' }
      const m = { [Symbol.match]: s => t('match ' + s), [Symbol.split]: s => [t('split ' + s)], [Symbol.search]: () => t('search', 7), [Symbol.matchAll]: () => [t('all')], [Symbol.replace]: (s, r) => t('replace ' + r) }
      log(2 instanceof Even, 3 instanceof Even, String(new Even), [0].concat(new Even), 'x'.match(m), 'x'.split(m), 'x'.search(m), 'x'.replace(m, 'r'))
      const scope = { [Symbol.unscopables]: { x: true } }
      return Object.getOwnPropertySymbols(m).length
    `,
  },
  {
    name: 'proxies with every trap',
    main: `
      const target = function f(a) { return ['called', this?.n, a] }
      const handler = new Proxy({}, { get: (_, trap) => (...all) => { if (typeof all[1] !== 'symbol') log(trap, all[1]); return Reflect[trap](...all) } })
      const p = new Proxy(target, handler)
      log(p(1), p.call({ n: 2 }, 3), new p(4), p.name, 'x' in p, p.x = 5, delete p.x, Object.keys(p), Object.getOwnPropertyDescriptor(p, 'length').value, typeof p)
      Object.defineProperty(p, 'y', { value: 1, configurable: true }); Object.setPrototypeOf(p, Function.prototype); Object.preventExtensions(p)
      log(Object.isExtensible(p), p instanceof Function, p.apply(null, [6]), p?.(7), [1].map(p), Object.getPrototypeOf(p) === Function.prototype)
      const o = new Proxy({ a: 1 }, { get: (o, k) => k in o ? o[k] : t('missing ' + String(k), (...all) => [k, ...all]), has: () => t('has', true), set: (o, k, v) => { o[k] = t('set', v); return true }, ownKeys: () => t('keys', ['a', 'b']), deleteProperty: () => t('delete', false) })
      o.z = 1; o.z += 1
      kind(() => { delete o.a })
      return [o.a, o.method(1), o.a?.x, { ...o }, 'q' in o, o.z]
    `,
  },
  {
    name: 'proxies of arrays, generators, iterators and classes',
    main: `
      const list = new Proxy([1, 2, 3], { get: (o, k, r) => (typeof k === 'string' && log('get', k), Reflect.get(o, k, r)) })
      log(list.map(x => t('m', x)), [...list], Array.isArray(list), list.reduce((a, b) => a + b))
      const [a, ...b] = list
      for (const x of list) t('x', x)
      const gen = new Proxy(function* (n) { yield t('gen', n) }, { apply: (f, self, args) => Reflect.apply(f, self, [args[0] * 2]) })
      const C = new Proxy(class { constructor(x) { this.x = x } static s() { return t('static') } }, { construct: (F, args, N) => Reflect.construct(F, [t('arg', args[0] + 1)], N) })
      return [a, b, [...gen(5)], new C(1).x, C.s(), kind(() => C()), kind(() => new (new Proxy(() => {}, {}))), Proxy.revocable({ m: () => t('revocable') }, {}).proxy.m()]
    `,
  },
  {
    name: 'Reflect with functions and accessors of the program',
    main: `
      const o = { n: 1, get x() { return t('get', this.n) }, set x(v) { this.n = t('set', v) }, m(a) { return [this.n, a] } }
      class A { constructor(a) { this.a = a } get y() { return t('y', this.a) } static s() { return t('s') } }
      log(Reflect.get(o, 'x'), Reflect.get(o, 'x', { n: 2 }), Reflect.set(o, 'x', 3), Reflect.set(o, 'x', 4, { q: 1 }), o.n, Reflect.apply(o.m, { n: 5 }, [t('a')]), Reflect.construct(A, [t('b')]).y)
      log(Reflect.has(o, t('n')), Reflect.ownKeys(o), Reflect.getPrototypeOf(new A) === A.prototype, Reflect.defineProperty(o, 'z', { get: () => t('z') }), o.z, Reflect.deleteProperty(o, 'z'))
      return [Reflect.apply(Reflect.get(A, 's'), A, []), Reflect.apply(Math.max, null, [1, t('max', 2)]), kind(() => Reflect.apply(1)), kind(() => Reflect.construct(o.m, []))]
    `,
  },
  {
    name: 'a switch beneath JSON.stringify is refused, with an error in its place',
    main: `
      const o = { toJSON() { pause(); return t('switched') } }
      return JSON.stringify(t('o', [o]))
    `,
    differs: {
      because: 'the native JSON.stringify calls toJSON, and no native frame can be suspended',
      ways: ['inside', 'switching at every call', 'switching at every 3rd call'],
      log: ['o'],
      end: CANNOT_SUSPEND,
    },
  },
  {
    name: 'a switch beneath a getter, a conversion or a proxy is refused and can be caught',
    main: `
      const at = []
      for (const f of [() => ({ get x() { pause(); return 1 } }).x, () => \`\${{ toString() { pause(); return 'text' } }}\`, () => new Proxy({}, { get() { pause(); return 2 } }).any, () => [2, 1].map(x => { pause(); return x })]) {
        try { at.push(f()) } catch (error) { at.push(error.name) }
      }
      return at
    `,
    differs: {
      because: 'getters, conversions and traps are called by the engine, whose frames cannot be suspended',
      ways: ['inside', 'switching at every call', 'switching at every 3rd call'],
      end: /^returned \[("CannotSuspendError"|1), "CannotSuspendError", "CannotSuspendError", \[2, 1\]\]$/,
    },
  },
  {
    name: 'finalization of what is borrowed: a disposer called by hand',
    main: `
      class Handle { constructor(n) { this.n = t('open', n) } [Symbol.dispose]() { log('dispose', this.n) } use(f) { try { return f(this) } finally { this[Symbol.dispose]() } } }
      return [new Handle(1).use(h => t('used', h.n)), attempt(() => new Handle(2).use(() => { throw new Error('in use') }))]
    `,
  },
]
