import type { Snippet } from '../snippet.ts'

export const modules: readonly Snippet[] = [
  {
    name: 'imports of every kind, live, called without this',
    source: `
      import fallback, { add, count, self as me, Sub, default as again } from './other.mjs'
      import * as all from './other.mjs'
      import { basename } from 'node:path'
      import 'node:fs'
      export { add as plus, count } from './other.mjs'
      export * from './other.mjs'
      export * as ns from './other.mjs'
      export function main(log) {
        log(count, add(1), count, add(2), all.count, me(), all.self() === all, fallback('x'), again === fallback, basename('/a/b'))
        log(Object.keys(all).join(), all[Symbol.toStringTag], typeof all.default, new Sub(3).up(), new all.Sub(4).n)
        try { all.count = 5 } catch (error) { log(error.name) }
        try { add = 1 } catch (error) { log(error.name, error.message) }
        return [[1, 2].map(add), all?.add?.(5), all['add'](6), (0, all.add)(7)]
      }
    `,
    files: {
      'other.mjs': `
        export let count = 0
        export function add(n) { count = sum(count, n); return count }
        const sum = (a, b) => a + b
        export function self() { return this }
        export default function (x) { return 'default ' + tag(x) }
        function tag(x) { return x + '!' }
        class Base { constructor(n) { this.n = tag(n) } up() { return this.n + tag('up') } }
        export class Sub extends Base {}
      `,
    },
  },
  {
    name: 'exports of every kind',
    source: `
      import * as self from './program.mjs'
      let log
      const t = x => { log(x); return x }
      export const a = 1, { b, c: [d = 4] } = { b: 2, c: [] }
      export let e
      export var f = () => t('f')
      export function g() { return t('g') }
      export function* h() { yield t('h') }
      export async function i() { return t('i') }
      export class J { m() { return t('J') } }
      const k = () => t('k')
      export { k, k as 'a string name', k as other }
      export default class { static s() { return t('default') } }
      export function main(write) {
        log = write
        e = t('assigned')
        log(self.a, self.b, self.d, self.e, self.f(), self.g(), [...self.h()], new self.J().m(), self.k(), self['a string name'](), self.other.name, self.default.s(), self.default.name)
        return self.i().then(x => [x, Object.keys(self).join()])
      }
    `,
  },
  {
    name: 'default exports: anonymous functions, arrows, expressions',
    source: `
      import a from './a.mjs'
      import b from './b.mjs'
      import c from './c.mjs'
      import d, { d as alias } from './d.mjs'
      import e from './e.mjs'
      import f from './f.mjs'
      export function main(log) {
        log(a.name, b.name, c.name, d.name, e.name, typeof f)
        return [a(1), b(2), new c(3).m(), d(4), alias === d, [...e(5)], f.m(6)]
      }
    `,
    files: {
      'a.mjs': 'export default function (x) { return f(x) }\nconst f = x => x * 10',
      'b.mjs': 'const f = x => x * 10\nexport default x => f(x)',
      'c.mjs':
        'const f = x => x * 10\nexport default class { constructor(x) { this.x = f(x) } m() { return f(this.x) } }',
      'd.mjs':
        'export default function d(x) { return x ? d(0) : g() }\nexport { d }\nfunction g() { return "d" }',
      'e.mjs': 'const f = x => x * 10\nexport default function* (x) { yield f(x) }',
      'f.mjs': 'const f = x => x * 10\nexport default ({ m: x => f(x), made: f(1) })',
    },
  },
  {
    name: 'import.meta and dynamic import',
    main: `
      const file = import.meta.url.split('/').pop()
      log(file, typeof import.meta, import.meta === import.meta, typeof import.meta.resolve)
      const get = x => (log('specifier'), x)
      return Promise.all([import(get('./other.mjs')), import('./other.mjs', t('options', { with: {} })), (async () => { try { await import('./none.mjs') } catch (e) { return e.code } })(), import(t('node:path')).then(m => m.basename(t('/x/y')))])
        .then(([a, b, c, d]) => [a.f(t('arg')), a === b, c, d])
    `,
    files: { 'other.mjs': `export const f = x => g(x) + '!'\nfunction g(x) { return x + x }` },
  },
  {
    name: 'top-level await, and calls while the module is loaded',
    source: `
      const seen = []
      const t = x => { seen.push(x); return x }
      const a = await t(Promise.resolve(t('awaited')))
      const b = t('b') + (await (async () => t('async'))())
      for await (const x of [t('x')]) t(x + '!')
      for (const x of [t('y')]) t(x)
      class A { static s = t('static'); static { t('block') } [t('key')]() {} }
      if (t('if')) t('then')
      label: for (;;) { t('loop'); break label }
      try { throw t('thrown') } catch (e) { t('caught ' + e) } finally { t('finally') }
      const { c = t('default'), [t('k')]: d = [...t(new Set([1]))] } = {}
      const e = \`\${t('template')}\`, f = a?.length ?? t('no'), g = new (class { x = t('field') })
      t('last')
      export function main(log) { log(...seen); return [a, b, c, d, e, f, g] }
    `,
  },
  {
    name: 'modules that import each other',
    source: `
      import { odd, Late } from './other.mjs'
      export function even(n) { return n === 0 ? true : odd(n - 1) }
      export class Base { hi() { return 'base ' + this.name() } }
      export function main(log) { log(even(10), odd(7)); return Late.make(Base).hi() }
    `,
    files: {
      'other.mjs': `
        import { even } from './program.mjs'
        export const odd = n => n === 0 ? false : even(n - 1)
        export const Late = { make(Base) { return new (class extends Base { name() { return tag('late') } }) } }
        const tag = x => x + odd(3)
      `,
    },
  },
  {
    name: 'a hashbang, directives and a comment before anything else',
    source: `#!/usr/bin/env node
'use strict'
"another directive"
/* comment */
import { sep } from 'node:path'
export function main(log) {
  'use strict'
  'and one more'
  return [log(typeof sep), f()].length
}
function f() { "use strict"; return g() } function g() { 'directive'; return 1 }
`,
  },
  {
    name: 'a CommonJS module with a hashbang and a directive',
    format: 'commonjs',
    source: `#!/usr/bin/env node
'use strict'
module.exports = { main }
function main(log) { log(this === undefined || typeof this); try { undeclared = log('value') } catch (e) { return e.name } }
`,
  },
  {
    name: 'an empty function, an empty module beside it, statements that are nothing',
    source: `;
import './empty.mjs';;
export function main(log) { ;;; log(); if (0); else; for (; 0;); while (0); do ; while (0) {} { ; } label:; }
export {}
`,
    files: { 'empty.mjs': '' },
  },
]
