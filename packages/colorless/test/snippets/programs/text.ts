import type { Snippet } from '../snippet.ts'

/** What depends on how a program is written, not on what it means. */
export const text: readonly Snippet[] = [
  {
    name: 'statements that begin with a call, without semicolons',
    main: `
      let a = t('a')
      t('b')
      let b = a
      f()
      var c = [1]
      new F
      let d = { x: 1 }
      f().g()
      const e = () => t('e')
      e()
      d.x = e
      d.x()
      d.x++
      f()
      a = b
      super2()
      if (a) f()
      f()
      for (const x of c) f()
      f()
      do f(); while (0) f()
      log(a, b, c)
      { f() }
      f()
      let g = class { m() { return 1 } }
      f()
      let y
      f()
      return f
        ()
      function f() { return t('f', { g: () => t('g') }) }
      function F() { t('F') }
      function super2() { t('super2') }
    `,
  },
  {
    name: 'lines that go on, and lines that do not',
    main: `
      let a = t('a', 1), b = t('b', 2), c
      c = a
      + t('x', 10)
      a
      ++b
      const f = () => {
        return
        t('not returned')
      }
      const g = x => x
      const h = g
      (t('continued'))
      const i = g
      \`template\`
      const j = [1, 2, 3]
      [t('index', 1)]
      let k = t('k', 8)
      /2/t('g', 2)
      out: for (;;) { for (;;) { break
        out } break }
      var l = t('l')
      ;[l, a] = [a, l]
      ;(() => { t('iife') })()
      ;\`\${t('tpl')}\`
      return [a, b, c, f(), h, i, j, k, l]
    `,
  },
  {
    name: 'comments in every gap of a call',
    main: `
      const o = { m(...all) { return all.length } }, f = (...all) => all
      log(f /* 1 */ ( /* 2 */ t( /* 3 */ 'a' /* 4 */ ) /* 5 */ , // six
        /* 7 */ t('b') /* 8 */ , /* trailing */ ) /* 9 */ [ /* 10 */ t('i', 0) /* 11 */ ])
      o /* a */ . /* b */ m // c
        ( /* d */ t('x'), /* e */ ... /* f */ t('s', [1]) /* g */ )
      log(o /* h */ ?. /* i */ m /* j */ ?. /* k */ ( /* l */ ), new /* m */ Map /* n */ ( /* o */ ), typeof /* p */ t /* q */ ( /* r */ 'u' ))
      for /* s */ ( /* t */ const /* u */ x /* v */ of /* w */ t( 'xs', [1] ) /* x */ ) /* y */ log( /* z */ x )
      return /* not a newline */ f( // a comment with ) and \` and '
        t('end'))
    `,
  },
  {
    name: 'parentheses that change nothing, and those that do',
    main: `
      const o = { n: 1, m() { return this?.n } }
      log(((t))('a'), ((o)).m(), ((o.m))(), (o).m(), (((o))['m'])(), (0, (o.m))(), (t('b'), o.m)(), (o.m || t)(), (o.m ? o.m : t)(), ((t)('c')))
      const a = (t('one', 1) + t('two', 2)) * t('three', 3), b = ((x) => (x + (t('d', 1))))(2), c = (((t('x'))))
      let d; ((d)) = t('assigned'); (o.n) = (t('seven', 7)); ((o)['n'])++; (o.n) += (t('e', 2))
      return [a, b, c, d, o.n, ((function () { return (t('f')) })()), (async () => { await (t('g')) })().constructor.name, new ((class { x = (t('h')) }))]
    `,
  },
  {
    name: 'a program that uses the very names that transforms use',
    before: `
      const $$c1 = x => t('$$c1', x), $c0 = () => t('$c0'), S = 'S', r = t, $$S = Symbol('S'), $$r = 1, $$t = 2, _$c1 = 3, $$$c1 = x => $$c1(x), c1 = x => x, m0 = () => 'm0', e = 'e', END = 'END', K = { on: true }
    `,
    main: `
      const frame = { _result: 5 }, self = 'self', args = [1], gen = () => 'gen', $o = 'o', $ctor = 'ctor', it = 'it', v = 'v'
      class $$C { $$t = r('t'); [S]() { return $$c1(this.$$t) } static $ctor() { return r('static') } *$fields() { yield S } }
      let $$a, $$b
      function yieldS($$r, r2) { var t2 = $$r, $$x = $$c1(r2); return [t2, $$x, S, $$r] }
      for (const $$i of [r('i')]) for (const t1 in { [r('key')]: 1 }) $$a = $$i + t1
      return [yieldS($$c1('a'), r('b')), new $$C().S(), $$C.$ctor(), [...new $$C().$fields()], $$$c1(c1(m0())), $c0(), e, END, K, frame, self, args, gen(), $o, $ctor, it, v, $$a, $$b, $$r + $$t + _$c1]
    `,
  },
  {
    name: 'unicode in names, strings, templates and regular expressions',
    main: `
      const größe = t('größe', 1), 名前 = x => t('名前', x), \\u0061b = t('escaped'), \\u{62}c = 2, $ = t('$'), _ = t('_'), π = 3, ℮ = 4, o = { ключ: t('k'), 'd\\u00e9': 5, get é() { return t('é') }, \\u0063() { return 'c' }, 𝒳: 1 }
      class Ü { #ñ = t('ñ'); ñ() { return this.#ñ } static ß = 名前('ß') }
      log('😀'.length, \`\${t('😀')}\\u{1F600}\`, /^\\p{Emoji}$/u.test('😀'), '\\u2028\\u2029'.length, 'line\\
continued', \`a\\
b\`)
      return [größe, 名前('x'), ab, bc, $, _, π, ℮, o, o.é, o.c(), new Ü().ñ(), Ü.ß, ((ａ) => ａ)(t('full'))]
    `,
  },
  {
    name: 'words of the language as names of properties',
    main: `
      const o = { if: t('if'), class: 1, new: x => t('new', x), function() { return t('function') }, await: 2, yield: 3, async: 4, get: t('get'), set: 5, static: 6, of: 7, let: 8, return() { return t('return') }, delete() { return this.if }, super: 9, null: 10, true: 11, in: 12, this: 13, import: x => t('import', x), typeof: { void: () => t('void') }, enum: 14 }
      log(o.new(1), o.function(), o.return(), o.delete(), o.import(2), o.typeof.void(), o?.return?.())
      class A { if() { return t('A.if') } static new() { return t('A.new') } get async() { return t('A.async') } await = t('A.await'); static get get() { return 'gg' } set set(v) { t('ss', v) } static async *of() {} async async() {} }
      const { if: a, class: b, async, get, of, await: c } = o
      return [a, b, async, get, of, c, new A().if(), A.new(), A.get, new A().await, Object.keys(o).length]
    `,
  },
  {
    name: 'long expressions on one line and functions nested deeply',
    main: `
      const f = x => y => z => { const g = w => { function h(v) { return (() => { return t('deep', [x, y, z, w, v]) })() } return h(w + 1) }; return g(z + 1) }
      const nest = n => n === 0 ? () => t('bottom') : () => nest(n - 1)()
      return [f(1)(2)(3), nest(20)(), (() => (() => (() => (() => (() => t('five'))())())())())(), [[[[[[t('list')]]]]]], { a: { b: { c: { d: { e: () => t('object') } } } } }.a.b.c.d.e()]
    `,
  },
  {
    name: 'arrow bodies of every shape',
    main: `
      const a = () => ({ x: t('object') }), b = () => [t('array')], c = () => (t('comma'), 2), d = () => {}, e = () => { t('block') }, f = x => x ? t('yes') : t('no'), g = () => () => t('curried'), h = async () => t('async'), i = () => void t('void'), j = () => new Map([[t('k'), 1]]), k = (x) => x = t('assigned'), l = () => \`\${t('tpl')}\`, m = ({ x }) => ({ ...x }), n = () => function () { return t('fn') }, o = () => class { x = t('cls') }, p = x => (y => y)(x), q = () => !t('not'), r = () => (() => {})(t('arg'))
      return [a(), b(), c(), d(), e(), f(0), g()(), h().constructor.name, i(), j(), k(), l(), m({ x: { y: t('y') } }), n()(), new (o())().x, p(t('p')), q(), r()]
    `,
  },
  {
    name: 'in within the head of a for, and other ambiguous heads',
    main: `
      const o = { a: 1 }
      for (let i = ('a' in t('o', o)) ? 1 : 0, j = (() => 'b' in o)(); i < 2; i++) log(i, j)
      for (const k in ('a' in o ? t('object', { x: 1 }) : {})) log(k)
      for (var f = function () { return 'a' in t('f', o) }, n = 0; n < 1; n++) log(f())
      for (const x of (t('comma'), [1])) log(x)
      for (const x of [t('p'), t('q')]) log(x)
      for (let [i = 'a' in t('d', o)] = []; i; i = false) log(i)
      for ((o.x) of [t('ox')]) log(o.x)
      for (const async of [1]) log(async)
      let async; for ((async) of [2]) log(async)
      for (let of = 0; of < 1; of++) log(of)
      for (o[t('key')] = 0; o.key < 1; o.key++) log(o.key)
      return o
    `,
  },
  {
    name: 'dangling else, empty branches and statements in each other',
    main: `
      if (t('a', 1)) if (t('b', 0)) log('ab'); else log('a not b')
      if (t('c', 0)); else if (t('d', 1)) { } else log('no')
      if (t('e', 1)) for (const x of t('xs', [1])) if (x) log('x'); else log('not x')
      if (t('f', 1)) while (t('w', 0)); else log('no')
      if (t('g', 1)) try { t('in') } finally { t('out') } else log('no')
      if (t('h', 1)) label: { break label } else log('no')
      if (t('i', 1)) { function f() { return t('f') } log(f()) }
      while (t('j', 1)) if (t('k', 1)) break; else continue
      for (;;) switch (t('l', 1)) { case 1: return t('returned') }
    `,
  },
  {
    name: 'windows line ends and tabs',
    source: `
let log
const t = x => (log(x), x)
export function main(w) {
\tlog = w
\tconst a = t('a')
\tt('b')
\tconst s = \`x
y\${t('c')}\`
\treturn [a, s.length,
\t\tt('d')]
}
`.replaceAll('\n', '\r\n'),
  },
]
