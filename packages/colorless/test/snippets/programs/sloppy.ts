import type { Snippet } from '../snippet.ts'

/** What only CommonJS modules, which are sloppy, may hold. */
export const sloppy: readonly Snippet[] = [
  {
    name: 'with: names found in its object, calls of its methods',
    still: true,
    format: 'commonjs',
    main: `
      const o = { x: 1, f(a) { return [this === o, a, this.x] }, get g() { return t('getter') } }
      let x = 'outer'
      const get = () => (log('object'), o)
      with (get()) { log(x, f(t('a')), g); x = t('assigned', 2); var v = f(x); y = t('global') }
      log(o.x, x, v, typeof y)
      delete globalThis.y
      with ({ list: [1, 2] }) for (const i of list) t('i', i)
      const inner = () => { with (o) { return () => [x, f('late')] } }
      const scope = { hidden: 1, [Symbol.unscopables]: { hidden: true } }, hidden = 'visible'
      with (scope) { log(hidden) }
      kind(() => { with (null) t('no') })
      return inner()()
    `,
  },
  {
    name: 'direct eval sees and declares the names around it',
    format: 'commonjs',
    still: true,
    main: `
      const a = t('a', 1)
      function f(b) { const c = 3; eval('var d = ' + t('four', 4)); return [eval('a + b + c'), d, typeof d, eval('arguments.length'), eval('(() => this && 1)()')] }
      log(f(2))
      function g() { eval('function made() { return t("made") }'); return made() }
      log(g(), eval('t("direct")'), (0, eval)('typeof a'), eval(5), eval(t('text', '1;2;3')))
      attempt(() => eval('throw new Error("in eval")')); kind(() => eval('not a program'))
      const strict = () => { 'use strict'; eval('var inside = 1'); return typeof inside }
      const h = (x = eval('var y = 1; 2')) => [x, y]
      return [strict(), h(), new Function('a', 'return a + 1')(t('fn', 1))]
    `,
  },
  {
    name: 'words that only strict code reserves are names',
    format: 'commonjs',
    still: true,
    main: `
      var yield = t('yield', 1), let = t('let', 2), static = 3, async = x => t('async', x), of = [4], await = 5, get = 6, set = 7, implements = 8, interface = 9, package = 10
      function f(yield) { return yield + let } 
      var o = { yield, let, await, async, get, set, static, of: t('of') }
      yield: for (var of of of) { if (t('in', of)) continue yield }
      async(let)
      async: for (let of = 0; of < 1; of++) t('loop')
      let;
      var next = t('next', await + yield)
      function yield2() { var yield = t('inner'); return [yield, (yield) => yield] }
      const g = (await) => await * 2, h = async (x) => x, await2 = function await() { return typeof await }
      return [f(t('p', 5)), o, next, yield2()[1](t('y')), g(t('w', 4)), typeof h, await2(), async
        (t('called'))]
    `,
  },
  {
    name: 'functions in blocks are visible after them, and conditional ones',
    format: 'commonjs',
    main: `
      log(typeof f, typeof g, typeof h)
      { log(f()); function f() { return t('f') } }
      if (t('if', true)) function g() { return t('g') }
      if (t('if', false)) { function h() { return 1 } } else function h() { return t('h2') }
      switch (1) { case 0: function k() { return 'never' } case 1: log(k()) }
      for (const i of [1, 2]) { function l() { return t('l', i) } }
      try { throw 1 } catch (e) { function m() { return t('m', e) } }
      { function n() { return 'first' } function n() { return t('second') } }
      label: function o() { return t('labelled') }
      return [f(), g(), typeof h, typeof k, l(), m(), n(), o()]
    `,
  },
  {
    name: 'variables and functions are hoisted in their order',
    format: 'commonjs',
    main: `
      log(typeof a, typeof b, c)
      var a = t('a'), c = t('c'), c
      function a() {} function b() { return 1 } function b() { return t('second b') }
      var b
      log(a, b(), c)
      for (var i = t('i', 0) in {}) ;
      log(i)
      x: { var d = t('d'); if (d) break x; var e = 1 }
      function f(p) { var p; var q = p; p = t('p'); return [q, p, g, typeof arguments]; var g = 1; function arguments2() {} }
      function h(a, b, a) { return [a, b, h.length] }
      undeclaredGlobal = t('global')
      return [d, e, f(5), h(1, 2, 3), typeof undeclaredGlobal, delete globalThis.undeclaredGlobal, delete a]
    `,
  },
  {
    name: 'exports of a CommonJS module: this, module, require, filename',
    source: `
      'use strict'
      const { inspect } = require('node:util')
      const path = require('node:path')
      exports.helper = x => x + '!'
      this.viaThis = () => 'this'
      exports.main = function main(log) {
        log(module.exports === exports, typeof require, path.basename(__filename).replace(/\\..*/, ''), inspect({ a: exports.helper('x') }), arguments.length)
        const other = require('./other.cjs')
        log(other.twice(x => exports.helper(x), 'y'), require('./other.cjs') === other, typeof this, this === exports, Object.keys(exports).join())
        return [other.Counter.make(3).up(), module.id.endsWith('cjs'), typeof module.require]
      }
    `,
    format: 'commonjs',
    files: {
      'other.cjs': `
        const twice = (f, x) => f(f(x))
        class Counter { static make(n) { return new Counter(n) } constructor(n) { this.n = start(n) } up() { return ++this.n } }
        function start(n) { return twice(x => x * 2, n) }
        module.exports = { twice, Counter }
      `,
    },
  },
  {
    name: 'octal literals, html-like comments and other relics',
    format: 'commonjs',
    main: `
      var a = 010 + t('x', 1), b = '\\101' + t('y') <!-- a comment
      --> another
      log(a, b, 08, typeof null, void 0)
      a = b
      ++a
      if (t('cond', 0)) ; else log('else')
      delete a
      return [function () { return this === globalThis }(), (function (a, a) { return a })(1, t('dup'))]
    `,
  },
  {
    name: 'strict functions within sloppy code',
    format: 'commonjs',
    main: `
      function strict(a) { 'use strict'; kind(() => { undeclared = t('v') }); a = t('new'); return [this, arguments[0], (function () { return this })()] }
      function sloppy(a) { 'not a directive' + 1; a = t('new'); return [this === globalThis, arguments[0]] }
      const both = function () { "use strict"; return () => this }
      class C { m() { return (function () { return typeof this })() } static s = (() => { try { nope = t('n') } catch (e) { return e.name } })() }
      kind(() => { 'use strict'; delete Object.prototype }); kind(() => { 'use strict'; t.caller })
      log(delete Object.prototype, t('typo').length = 5)
      return [strict(1), sloppy(1), both()(), new C().m(), C.s]
    `,
  },
]
