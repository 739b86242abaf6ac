import type { Snippet } from '../snippet.ts'

export const optionalChains: readonly Snippet[] = [
  {
    name: 'optional calls of values and of methods',
    main: `
      const o = { n: 3, m(x) { return this.n + x }, nothing: undefined }
      const get = label => (log(label), o)
      log(get('a')?.m(t(1)), get('b').m?.(t(2)), get('c')?.m?.(t(3)), get('d').nothing?.(t('not evaluated')))
      let f = x => 'f' + x, none
      log(f?.(t(4)), none?.(t('not evaluated')), none?.x.y.z(t('nor this')), (() => t('made'))?.())
      return [o?.['m'](t(5)), o?.[t('m')](t(6)), o[t('m')]?.(t(7)), o?.[t('nothing')]?.(t('no'))]
    `,
  },
  {
    name: 'a chain that ends early evaluates nothing of the rest',
    main: `
      const o = { a: null, b: { c: { d: x => ({ e: x }) } } }
      const get = v => (log('get'), v)
      log(get(o).a?.[t('key')], get(o).a?.b.c[t('key')](t('x')).d, get(o).a?.b(t('x'), ...t('y', [])))
      log(get(o).b?.c?.d(t('x', 1)).e, get(null)?.a.b.c.d(t('no')).e, get(undefined)?.[t('no')])
      log(get(o)?.a?.b?.c?.(t('no'))?.[t('no')])
      return get(o)?.b[t('c')]?.d?.(t('x', 2))?.e
    `,
  },
  {
    name: 'parentheses end a chain, and keep its object',
    main: `
      const o = { n: 5, m() { return this?.n }, none: null }
      const get = () => (log('get'), o)
      log((get()?.m)(), (get()?.m)?.(), (get().none?.x)?.(t('no')))
      kind(() => (get().none?.x)(t('evaluated')))
      kind(() => (get().none?.x).y)
      return [(0, get()?.m)(), (get()?.none)?.x, ((get()))?.m()]
    `,
  },
  {
    name: 'each part of a chain is evaluated once',
    main: `
      let reads = 0
      const o = { get a() { reads += 1; log('a'); return { get b() { reads += 1; log('b'); return x => ({ x, reads }) } } } }
      log(o?.a?.b?.(t('x')))
      log(o?.a.b(t('y'))?.x, o.a?.[t('b')](t('z'))?.reads)
      return reads
    `,
  },
  {
    name: 'delete, typeof and void of chains',
    main: `
      const o = { a: { b: 1, c: 2 }, none: null }
      const get = () => (log('get'), o)
      log(delete get()?.a?.b, delete get().none?.[t('no')], delete get()?.a[t('c')], delete get()?.none?.x.y)
      return [typeof get()?.a?.x?.(t('no')), typeof get()?.a, void get()?.none?.x, o]
    `,
  },
  {
    name: 'chains in arguments, conditions, templates and spread',
    main: `
      const o = { list: [1, 2], f: (...all) => all.length, none: undefined }
      const get = () => (log('get'), o)
      log(o.f(get()?.list?.map(x => t(x)), get().none?.map(t)), o.f(...get()?.list ?? []), o.f(...(get().none?.x ?? [1])))
      if (get()?.none?.(t('no'))) log('yes'); else log('no')
      while (get()?.list.pop()) log('popped')
      const { a = t('default') } = get()?.none?.x ?? {}
      return \`\${get()?.f?.(1, 2)}\${a}\`
    `,
  },
  {
    name: 'chains with private names',
    main: `
      class A {
        #x = { f: y => y * 2 }
        #m(z) { return [this === A.last, z] }
        static last
        static use(a) { A.last = a; return [a?.#x.f(t('v', 4)), a?.#m(t('w')), a?.#m?.(t('u'))] }
      }
      log(A.use(new A))
      log(A.use(null))
      return kind(() => A.use({}))
    `,
  },
  {
    name: 'chains with super and new.target',
    main: `
      const base = { m() { return ['m', this.n] }, none: null }
      const o = {
        __proto__: base, n: 4,
        call() { return [super.m?.(t('x')), super.none?.(t('no')), super.other?.[t('no')], super[t('m')]?.()] },
      }
      function F() { return { x: new.target?.name.concat(t('!')) } }
      return [o.call(), new F().x, F().x]
    `,
  },
  {
    name: 'a callee that is there but no function, in a chain',
    main: `
      const o = { n: 1, a: {} }
      kind(() => o?.n(t('evaluated')))
      kind(() => o.n?.(t('evaluated too')))
      kind(() => o.a?.b(t('and this')))
      kind(() => o.a.b.c?.(t('not this')))
      return kind(() => o?.[t('a')]?.())
    `,
  },
  {
    name: 'functions named like what a chain yields, and bind, call, apply within',
    main: `
      const o = { n: 1, m(x) { return [this?.n, x] } }
      return [
        o.m?.call({ n: 2 }, t('a')), o?.m.apply({ n: 3 }, [t('b')]), o.m?.bind({ n: 4 })?.(t('c')),
        o?.none?.call(t('no')), (o?.m).call?.(null, t('d')),
      ]
    `,
  },
]
