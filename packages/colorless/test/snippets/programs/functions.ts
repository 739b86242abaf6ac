import type { Snippet } from '../snippet.ts'

export const functions: readonly Snippet[] = [
  {
    name: 'parameters with defaults: calls in them, and those before them',
    main: `
      function f(a, b = t('b'), c = a + b + t('c'), ...rest) { return [a, b, c, rest, arguments.length] }
      log(f(t('a')), f(1, undefined, null), f(1, 2, 3, t('d'), t('e')), f.length)
      const g = (a = t('first', 1), b = g2(a)) => a + b
      function g2(x) { return t('g2', x) * 10 }
      log(g(), g(2), g(undefined, 3), g.length)
      const h = ({ a = t('in pattern') } = {}, [b = a + t('b')] = []) => [a, b]
      return [h(), h({ a: 1 }, [2]), h({}, [null])]
    `,
  },
  {
    name: 'a function that calls itself, or another, in its defaults alone',
    main: `
      let left = 3
      function f(a = left-- > 0 ? f() : 'end') { return [a] }
      const g = (a = left < 3 && left++ >= 0 ? g() : 'end', { b = h(a) } = {}) => [a, b]
      function h(a, b = typeof a === 'string' ? a : h(a[0])) { return b + '!' }
      log(f(), left)
      return g()
    `,
  },
  {
    name: 'default parameters have a scope of their own',
    main: `
      var x = t('outer')
      function f(a = () => x, b = (x = t('changed'), 1)) { var x = 'body'; return [a(), x, b] }
      log(f(), x)
      function g(a, get = () => a, set = v => { a = v }) { set(t('set')); const before = a; a = t('body'); return [before, a, get()] }
      log(g('p'))
      function h(a, get = () => a) { var a; const same = a; a = t('own'); return [same, a, get()] }
      log(h('p'))
      function k(a = this, b = arguments.length, c = new.target, d = k.name) { return [a === undefined, b, c, d] }
      log(k(undefined, undefined))
      function l(a = inner()) { function inner() { return 'body' } return a }
      kind(() => l())
      attempt(() => ((a = b, b) => a)())
      attempt(() => ((a = a) => a)())
      return ((a, b = () => eval, c = typeof a) => c)(t('s'))
    `,
  },
  {
    name: 'functions made in default parameters keep this and arguments',
    main: `
      function f(a = () => [this.n, arguments.length, t('arrow')], b = function () { return [this?.n, arguments.length] }) { return [a(), b(1, 2)] }
      log(f.call({ n: 5 }), f.call({ n: 6 }, undefined, undefined, 3))
      class A { n = 7; m(get = () => this.n, up = () => super.toString === Object.prototype.toString) { return [get(), up()] } }
      return new A().m()
    `,
  },
  {
    name: 'arrows share this, arguments, new.target and super with their maker',
    main: `
      function f() { const a = () => [this.n, arguments[0], new.target === undefined, t('deep')]; return (() => (() => a())())() }
      log(f.call({ n: 1 }, 'arg'))
      const o = { n: 2, m(...all) { return all.map(x => t('x', x) + this.n + arguments.length) }, __proto__: { up() { return 'up' } }, s() { return [1].map(() => (() => super.up() + this.n)()) } }
      log(o.m(1, 2), o.s())
      class A { constructor() { this.made = (() => [new.target.name, this instanceof A, arguments.length])() } }
      class B extends A { constructor(...all) { const early = () => super(...all, t('last')); early(); this.late = () => this.made } }
      return new B(1).late()
    `,
  },
  {
    name: 'this in sloppy functions, strict ones and methods',
    format: 'commonjs',
    main: `
      function sloppy() { return this === globalThis ? 'global' : typeof this }
      function strict() { 'use strict'; return this === undefined ? 'undefined' : typeof this }
      const o = { sloppy, strict, arrow: () => typeof this, m() { return this === o } }
      log(sloppy(), strict(), o.sloppy(), o.strict(), o.arrow(), o.m(), (0, o.sloppy)(), (0, o.m)())
      log(sloppy.call(5), strict.call(5), sloppy.call(null), strict.call(null), sloppy.apply('s'), sloppy.bind(true)())
      log([1].map(sloppy), [1].map(strict), [1].map(sloppy, 'x'), [1].map(strict, 'x'))
      Number.prototype.self = function () { return typeof this }
      Number.prototype.strictSelf = function () { 'use strict'; return typeof this }
      log((5).self(), 5..strictSelf(), t(5).self())
      delete Number.prototype.self; delete Number.prototype.strictSelf
      return [typeof this, (() => this === globalThis)()]
    `,
  },
  {
    name: 'arguments: mapped in sloppy functions with simple parameters',
    format: 'commonjs',
    main: `
      function mapped(a, b) { a = t('new a'); arguments[1] = t('new b'); return [arguments[0], b, arguments.length] }
      function strict(a, b) { 'use strict'; a = t('new a'); arguments[1] = t('new b'); return [arguments[0], b] }
      function withDefault(a, b = t('default')) { a = 'changed'; arguments[1] = 'changed'; return [arguments[0], b, arguments.length] }
      function more(a) { arguments.length = 1; a = t('z'); return [...arguments, ...Array.prototype.slice.call(arguments)] }
      function twice(a, a) { return [a, arguments[0], t('twice')] }
      function shadow(arguments) { return arguments + t('!') }
      function inVar() { var arguments; return typeof arguments }
      function inner() { const f = () => { arguments[0] = t('by arrow') }; const a = arguments; f(); return a[0] }
      return [mapped(1, 2), mapped(1), strict(1, 2), withDefault(1), more(1, 2, 3), twice(1, 2), shadow('s'), inVar(), inner(1)]
    `,
  },
  {
    name: 'arguments as an object: iterated, spread, passed on',
    main: `
      function all() { return [...arguments].concat(Array.from(arguments, x => t('m', x)), arguments.length, typeof arguments[9]) }
      function on() { return all(...arguments, t('added')) }
      function apply() { return all.apply(this, arguments) }
      function loop() { let s = ''; for (const x of arguments) s += t('x', x); for (const k in arguments) s += k; return s }
      function change() { arguments[0] = t('changed'); delete arguments[1]; return [arguments[0], 1 in arguments, Object.prototype.toString.call(arguments)] }
      return [on(1), apply(2, 3), loop('a', 'b'), change(1, 2)]
    `,
  },
  {
    name: 'arguments.callee in sloppy functions is the function itself',
    format: 'commonjs',
    main: `
      const factorial = function (n) { return n < 2 ? 1 : n * arguments.callee(n - 1) }
      function f() { return arguments.callee === f }
      log(factorial(t('five', 5)), f())
      return kind(() => (function () { 'use strict'; return arguments.callee })())
    `,
  },
  {
    name: 'named function expressions know themselves, and keep that name',
    main: `
      const f = function g(n) { return n ? g(n - 1) + t('.') : typeof g }
      log(f(3), typeof g)
      const h = function k() { kind(() => { k = t('assigned') }); return k === h }
      const shadow = function s(s) { return s + t('!') }
      const inVar = function v() { var v = t('own'); return v }
      const inFunction = function w() { return typeof w(); function w() { return 1 } }
      return [h(), shadow('param'), inVar(), inFunction()]
    `,
  },
  {
    name: 'named function expressions in sloppy code: assigning their name does nothing',
    format: 'commonjs',
    main: `
      const h = function k() { k = t('assigned'); return typeof k }
      const f = function g() { var g; return typeof g }
      return [h(), f(), (function me() { return [1].map(() => me.name) })()]
    `,
  },
  {
    name: 'names and lengths of functions',
    main: `
      const a = () => {}, b = function () {}, c = function named(x, y) {}, d = class {}, e = (x, y = 1, z) => {}, f = (...r) => {}
      let g; g = () => {}; let h = (0, () => {}); let i; i ??= function () {}
      const s = Symbol('sym'), o = {
        j() {}, k: () => {}, l: function () {}, ['m' + t('')]: () => {}, [s]() {}, [t('n')]() {}, get p() { return 1 }, set p(v) {}, *q(x) {}, async r(x, y) {}, 5() {}, 'quoted'() {}, u: class {},
      }
      class C { static m(x) {} n(x, y) {} get p() { return 1 } #private() {} static own() { return new C().#private.name } f = () => {}; static g = function () {} }
      const p = Object.getOwnPropertyDescriptor(o, 'p')
      const all = [a, b, c, d, e, f, g, h, i, o.j, o.k, o.l, o.m, o[s], o.n, p.get, p.set, o.q, o.r, o[5], o.quoted, o.u, C, C.m, C.prototype.n, new C().f, C.g, body, main, t]
      log(C.own(), Object.getOwnPropertyDescriptor(C.prototype, 'p').get.name, (() => {}).name, (function () {}).name, (class {}).name, new Function('x', '').name)
      for (const fn of all) log(JSON.stringify(fn.name), fn.length, typeof fn.prototype)
      return all.length
    `,
  },
  {
    name: 'names given to what is made while the program runs',
    main: `
      const make = () => () => t('called')
      const f = make(), { g = () => {} } = {}, list = [() => {}], o = { h: make(), i: (() => {}), j: list[0] }
      function k(x = () => {}, { y = function () {} } = {}) { return [x.name, y.name] }
      const bound = f.bind(null), bound2 = (function named(a, b) {}).bind(null, 1)
      class A { static x = () => {}; static ['y' + t('z')] = () => {}; z = class {} }
      log(f.name, g.name, list[0].name, o.h.name, o.i.name, o.j.name, k(), bound.name, bound2.name, bound2.length, A.x.name, A.yz.name, new A().z.name)
      Object.defineProperty(k, 'name', { value: t('renamed') })
      k.own = t('property')
      return [k.name, Object.keys(k), f()]
    `,
  },
  {
    name: 'functions carry properties and prototypes of their own',
    main: `
      function F(x) { this.x = t(x) }
      F.static = () => t('static'); F.prototype.get = function () { return this.x }
      const f = Object.assign(() => F.static() + '!', { a: 1 }, { b: t('b') })
      f.a += 1
      log(f(), f.a, f.b, Object.keys(f), 'prototype' in f, F.prototype.constructor === F, Object.keys(F))
      const copy = Object.assign(() => 'copy', f, F)
      log(copy(), copy.a, copy.static())
      const child = Object.create(f)
      child.z = 1
      log(child.a, typeof child)
      const g = Object.setPrototypeOf(() => t('g'), f)
      return [g(), g.a, new F('y').get(), JSON.stringify(f), Object.getOwnPropertyNames(() => {}).join()]
    `,
  },
  {
    name: 'toString of functions does not fail, whatever they are',
    main: `
      class A { m() {} static s() {} get g() { return 1 } #p() {} static of(a) { return a.#p } }
      const all = [() => t('x'), function f() {}, A, A.s, new A().m, A.of(new A), async () => {}, function* () {}, t.bind(null), Object.getOwnPropertyDescriptor(A.prototype, 'g').get, main]
      log(all.map(f => typeof f.toString() + typeof (f + '')))
      return [String(A).startsWith('class A'), String(function named() {}).startsWith('function'), JSON.stringify({ t })]
    `,
  },
  {
    name: 'call, apply and bind of functions, of arrows and of methods',
    main: `
      function f(...all) { return [this?.n, ...all] }
      const arrow = (...all) => all, o = { n: 1, m(x) { return [this.n, x] } }
      log(f.call(), f.call({ n: 2 }, t('a')), f.apply({ n: 3 }, [t('b'), t('c')]), f.apply(null), f.apply(null, undefined), f.apply({ n: 4 }, { length: 2, 0: 'like' }))
      log(arrow.call(null, t('d')), o.m.call({ n: 5 }, t('e')), o.m.apply(o, [t('f')]))
      const bound = f.bind({ n: 6 }, t('g'))
      log(bound(), bound(t('h')), bound.call({ n: 7 }, t('i')), bound.bind({ n: 8 }, t('j'))(t('k')), bound.name, bound.length)
      class A { constructor(a, b) { this.all = [a, b, new.target === A] } }
      const B = A.bind(null, t('l'))
      log(new B(t('m')), new B(1) instanceof B, Function.prototype.call.call(f, { n: 9 }, 'cc'), Function.prototype.apply.call(f, { n: 10 }, ['ac']))
      log(Reflect.apply(f, { n: 11 }, [t('n')]), f.call.apply(f, [{ n: 12 }, 'x']), [f].map(Function.prototype.call, Function.prototype.call).length)
      for (const g of [() => f.apply(null, 5), () => Function.prototype.call.call(5), () => f.bind.call({}), () => Reflect.apply(f, null), () => A.call({})]) kind(g)
      return [[1, 2].map(f.bind(null, 'b')), ['a'].forEach(o.m.bind(o))]
    `,
  },
  {
    name: 'getters and setters of object literals, by computed keys, inherited',
    main: `
      const o = {
        n: 1, get a() { return t('get a', this.n) }, set a(v) { log('set a', v); this.n = v }, get [t('key')]() { return this.a + t('k', 10) }, set only(v) { t('only') },
      }
      o.a = o.a + 1; o.a += 5; o.a++; o.a ||= t('no'); o.only = t('v')
      log(o.key, o.only, o.n)
      const child = { __proto__: o, n: 100 }
      child.a *= 2
      log(child, child.key)
      Object.defineProperty(o, 'b', { get: () => t('b'), configurable: true })
      kind(() => { o.b = 1 })
      kind(() => { o.key = t('x') })
      const { a, b } = child
      return [a, b, Object.entries(o).length, { ...child }]
    `,
  },
  {
    name: 'closures keep their variables: counters, memory, partial application',
    main: `
      const counter = () => { let n = 0; return { up: () => ++n, down: () => --n, get n() { return n } } }
      const a = counter(), b = counter()
      a.up(); a.up(); b.down()
      const memo = f => { const seen = new Map; return x => { if (!seen.has(x)) seen.set(x, f(x)); return seen.get(x) } }
      const slow = memo(x => t('computed', x * 2))
      const compose = (...fs) => x => fs.reduceRight((v, f) => f(v), x)
      const once = f => { let done = false, r; return (...args) => done ? r : (done = true, r = f(...args)) }
      const first = once(x => t('once', x))
      return [a.n, b.n, slow(2), slow(2), compose(x => x + 1, x => t('times', x * 2))(5), first(1), first(2)]
    `,
  },
  {
    name: 'functions given and taken as values, in every kind of container',
    main: `
      const table = { add: (a, b) => a + b, list: [x => t('l', x)], map: new Map([['f', x => t('mapped', x)]]), set f(fn) { this.called = fn(t('set')) } }
      table.f = x => x + '!'
      const [g] = table.list, { add } = table
      const hold = { f: null }
      ;(hold.f = add)(1, 2)
      return [g(1), table.list[0](2), table.map.get('f')(3), table['add'](1, t('two', 2)), hold.f === add, table.called, (table.add || g)(t('x', 3), 4), (1, add)(5, 6)]
    `,
  },
  {
    name: 'this at the top of a module, and functions exported',
    source: `
      export function main(log) { return [typeof top, named(log), arrow(1)] }
      const top = this
      export function named(log) { log(typeof this); return 'named' }
      export const arrow = x => x + 1
      export default function () { return 'default' }
    `,
  },
  {
    name: 'parameters reassigned, shadowed by variables and by functions',
    main: `
      function f(a, b) { var a; a += t('x'); { let b = t('inner'); a += b } return a + b }
      function g(a) { function a() { return 'function' } return typeof a + a() }
      function h(a) { if (a) { var b = t('b') } return b }
      function k(a) { try { throw a + 1 } catch (a) { a = t('caught', a) } return a }
      const l = a => { a = a.concat(t('pushed')); return () => a }
      return [f('a', 'b'), g(1), h(0), h(1), k(1), l(['x'])()]
    `,
  },
]
