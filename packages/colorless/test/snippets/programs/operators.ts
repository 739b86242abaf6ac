import type { Snippet } from '../snippet.ts'

export const operators: readonly Snippet[] = [
  {
    name: 'binary operators evaluate left, then right',
    main: `
      log(t('a', 1) + t('b', 2) * t('c', 3) - t('d', 4) / t('e', 5) % t('f', 6))
      log(t('a', 5) & t('b', 3) | t('c', 8) ^ t('d', 1), t('a', 1) << t('b', 3) >> t('c', 1) >>> t('d', 0))
      log(t('a', 1) < t('b', 2), t('a', 1) >= t('b', 2), t('a', 1) == t('b', '1'), t('a', 1) !== t('b', '1'))
      return t('x') + (t('y') + t('z'))
    `,
  },
  {
    name: 'a local read before a call keeps its value',
    main: `
      let x = 1
      const bump = () => { x += 10; return 100 }
      log(x + bump(), x, bump() + x)
      const o = { n: 1 }
      const grow = () => { o.n *= 2; return 1000 }
      log(o.n + grow(), o.n, [x, bump(), x])
      x = 1
      log(x + (x = 5) + bump() + x, x)
      return x + bump() * x
    `,
  },
  {
    name: 'exponents',
    main: `
      log(t('a', 2) ** t('b', 3) ** t('c', 2), (-t('d', 2)) ** t('e', 2), (t('f', 2) ** t('g', 3)) ** t('h', 2))
      let x = t('x', 3)
      x **= t('y', 2)
      return [x, 2n ** BigInt(t('z', 5)), 2 ** -t('w', 1)]
    `,
  },
  {
    name: 'logical operators leave out what is not needed',
    main: `
      log(t('a', 0) && t('b', 1), t('a', 1) && t('b', 2), t('a', 0) || t('b', 3), t('a', 4) || t('b', 5))
      log(t('a', null) ?? t('b', 6), t('a', 0) ?? t('b', 7), u('a') ?? t('b', 8))
      log((t('a', 1) && t('b', 0)) || (t('c', null) ?? t('d', 9)))
      t('only', true) && t('effect')
      t('only', true) || t('not this')
      return (t('x', false) || t('y', false)) && t('z', true)
    `,
  },
  {
    name: 'conditional expressions, nested and as callee',
    main: `
      log(t('a', 1) ? t('b') : t('c'), t('a', 0) ? t('b') : t('c', 0) ? t('d') : t('e'))
      const f = x => 'f' + x, g = x => 'g' + x
      log((t('pick', true) ? f : g)(t(1)), (t('pick', false) ? f : g)(t(2)))
      const o = { x: 1, m() { return this === undefined } }
      return [(t('c', true) ? o.m : f)(), t('p', 1) ? (t('q', 0) ? 1 : t('r', 2)) : 3]
    `,
  },
  {
    name: 'the comma',
    main: `
      const x = (t('a'), t('b'), t('c'))
      for (let i = (t('i'), 0), j = 2; t('test'), i < j; i++, t('update', j--)) log(i, j)
      return (t('d'), x + t('e')), t('f')
    `,
  },
  {
    name: 'unary operators',
    main: `
      log(!t('a', 0), -t('b', 1), +t('c', '2'), ~t('d', 3), typeof t('e', 4), void t('f', 5), !!t('g', ''), - -t('h', 1))
      log(typeof undeclared, typeof t, typeof u('x'), typeof (() => t('never')))
      return [typeof typeof t('i', 1), !(t('j', 1) && t('k', 0)), -(-t('l', 2)), + +t('m', '3')]
    `,
  },
  {
    name: 'delete of members found by calls',
    main: `
      const o = { a: 1, b: { c: 2 }, d: 3 }
      const get = () => (log('get'), o)
      log(delete get().a, delete get()[t('d')], delete get().b.c, delete get()[t('none')], o)
      kind(() => delete Object.freeze(get())[t('b')])
      return delete t('a value')
    `,
  },
  {
    name: 'in and instanceof',
    main: `
      class A {}
      class B extends A {}
      const B2 = () => (log('class'), B)
      log(t('x') in t('o', { x: 1 }), t('y') in t('o', {}), t('b', new B) instanceof B2(), t('o', {}) instanceof A)
      const even = { [Symbol.hasInstance](n) { log('asked', n); return n % 2 === 0 } }
      log(t('n', 4) instanceof even, t('n', 5) instanceof even)
      kind(() => t('x') in t('no object', 1))
      return kind(() => t('x') instanceof t('no class', {}))
    `,
  },
  {
    name: 'assignment: the target before the value',
    main: `
      const o = {}, list = []
      const get = label => (log(label), o)
      get('object').x = t('value')
      get('object')[t('key')] = t('value')
      get('a').p = get('b').q = t('both', 2)
      list[t('index', 0)] = list[t('index', 1)] = t('same')
      let a, b
      a = b = t('c')
      log(a, b, o, list)
      kind(() => { null.x = t('value comes first') })
      kind(() => { u('object')[t('key')] = t('value') })
      return (a = t('d')) + a
    `,
  },
  {
    name: 'compound assignment with calls in the object, the key and the value',
    main: `
      const o = { n: 1, s: 's', list: [1, 2, 3] }
      const get = label => (log(label), o)
      let x = 10
      x += t('a', 1); x -= t('b', 2); x *= t('c', 3); x /= t('d', 9); x %= t('e', 2); x <<= t('f', 4)
      x >>= t('g', 1); x >>>= t('h', 1); x &= t('i', 7); x |= t('j', 8); x ^= t('k', 1); x **= t('l', 2)
      log(x)
      get('o').n += t('v', 5)
      get('o')[t('k', 'n')] *= t('v', 3)
      get('o').list[t('i', 1)] -= t('v', 7)
      get('o')[t('k', 's')] += get('o')[t('k', 's')] += t('v', '!')
      return o
    `,
  },
  {
    name: 'compound assignment reads its target before it evaluates the value',
    main: `
      let x = 1
      const set = v => { x = v; return 100 }
      x += set(50)
      log(x)
      const o = { n: 1 }
      const change = () => { o.n = 1000; return 1 }
      o.n += change()
      log(o.n)
      o[t('n')] -= (o.n = 5, t('v', 1))
      return [o.n, x -= (x = 0, t('w', 3))]
    `,
  },
  {
    name: 'compound assignment with a key that converts itself',
    main: `
      const o = { k: 1 }
      const key = { toString() { log('key'); return 'k' } }
      o[key] += t('v', 1)
      o[key] ||= t('w', 2)
      o[key]++
      return o
    `,
  },
  {
    name: 'logical assignment leaves out the value and the writing',
    main: `
      const o = { zero: 0, one: 1, get none() { log('read'); return null }, set none(v) { log('written', v) } }
      const get = () => (log('object'), o)
      get().zero ||= t('a', 5); get().zero ||= t('b', 6)
      get().one &&= t('c', 7); get()[t('key', 'zero')] &&= t('d', 0); get().zero &&= t('e')
      get().none ??= t('f', 8); get()[t('key', 'new')] ??= t('g', 9); get().new ??= t('h')
      let x, y = 0, z = 1
      x ??= t('i', 1); y ||= t('j', 2); z &&= t('k', 3); x ??= t('l'); y ||= t('m'); z &&= t('n', 0)
      let f
      f ??= () => {}
      return [o, x, y, z, f.name]
    `,
  },
  {
    name: 'update of members whose object and key are called for',
    main: `
      const o = { n: 1, s: '5', big: 7n, list: [0, 1] }
      const get = label => (log(label), o)
      log(get('o').n++, ++get('o').n, get('o')[t('n')]--, --get('o')[t('n')], o.n)
      log(get('o').s++, o.s, -get('o').big--, get('o').list[t('i', 1)]++)
      let x = 1
      const y = x++ + ++x + t('x', x) + x-- - --x
      return [y, x, o]
    `,
  },
  {
    name: 'BigInt, separators and other numbers through calls',
    main: `
      const big = x => x * 2n
      log(big(1_000_000n), big(0xffn), t(1_000.5), t(0b1010), t(0o17), t(0xFF), t(.5), t(5.), t(1e3))
      kind(() => big(1))
      return [typeof big(1n), big(9007199254740993n), t(-0), 5..toString(t(2)), 1.5.toFixed(t(0))]
    `,
  },
  {
    name: 'regular expressions, with all flags and as arguments',
    main: `
      const find = (re, text) => re.exec(text)?.[0]
      log(find(/[/(]b/, 'a(b'), find(/[\\p{L}--[a-z]]/v, 'abC'), find(/(?<=\\$)\\d+/dgimsuy, '5'), find(/\\//, '/'))
      log(t('a') / 2, t('g', 4) / t('h', 2) / 1, 'x'.replace(/x/g, t('y')))
      const { groups } = /(?<year>\\d{4})-(?<m>\\d\\d)/.exec(t('2024-05'))
      return [groups.year, groups.m, t(/a/g.flags)]
    `,
  },
  {
    name: 'regular expressions with modifiers and names that occur twice',
    needs: '/(?i:a)(?<m>x)|(?<m>y)/',
    main: `
      const { groups } = /(?<year>\\d{4})-(?<m>\\d\\d)|(?<m>x)/.exec(t('2024-05'))
      return [groups.year, groups.m, /(?i:a)b/.test(t('Ab'))]
    `,
  },
]
