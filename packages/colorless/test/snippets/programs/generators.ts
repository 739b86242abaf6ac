import type { Snippet } from '../snippet.ts'

export const generators: readonly Snippet[] = [
  {
    name: 'a generator begins with its first step, and calls between its yields',
    main: `
      function* g(a = t('default')) { log('begun', a); const x = yield t('one'); log('got', x); const y = yield t('two', x); return t('end', y) }
      const it = g()
      log('made')
      log(it.next('lost'), it.next('x'), it.next('y'), it.next('z'))
      log(it[Symbol.iterator]() === it, String(it), Object.prototype.toString.call(g), typeof it.next)
      return [...g('arg')]
    `,
  },
  {
    name: 'throw and return into a generator in every state',
    main: `
      function* g() { try { yield t('a'); yield t('b') } catch (e) { log('caught', e); yield t('handler') } finally { log('finally'); yield t('in finally') } return t('end') }
      const fresh = g(); log(fresh.return(1), fresh.next())
      const fresh2 = g(); attempt(() => fresh2.throw(new Error('at the start'))); log(fresh2.next())
      const thrown = g(); log(thrown.next(), thrown.throw('x'), thrown.next(), thrown.next(), thrown.next())
      const left = g(); log(left.next(), left.return('r'), left.next(), left.next())
      const twice = g(); log(twice.next(), twice.return('r'), twice.return('s'), twice.next())
      attempt(() => left.throw(new Error('when over')))
      return [left.return('over'), left.next()]
    `,
  },
  {
    name: 'return in the finally of a generator, and throw in it',
    main: `
      function* g() { try { yield 1 } finally { return t('instead') } }
      function* h() { try { yield 1 } finally { throw new Error(t('instead')) } }
      function* k() { for (const x of [1, 2]) { try { yield x } finally { if (t('stay', true)) continue } } }
      const a = g(); a.next(); log(a.return('r'))
      const b = g(); b.next(); log(b.throw(new Error('lost')))
      const c = h(); c.next(); attempt(() => c.return('r'))
      const d = k(); d.next()
      return [d.return('r'), d.next()]
    `,
  },
  {
    name: 'delegation to generators, arrays, iterators of the user',
    main: `
      function* inner(n) { const x = yield t('inner ' + n); log('inner got', x); return t('result ' + n) }
      const hand = { [Symbol.iterator]: () => ({ n: 0, next(v) { log('hand', v); return { done: this.n > 1, value: this.n++ } } }) }
      function* outer() { log(yield* inner(1)); yield* [t('array'), 2]; yield* 'ab'; log(yield* hand); return yield* inner(2) }
      const it = outer()
      for (let i = 0, r; i < 12; i++) { r = it.next('v' + i); log(r); if (r.done) break }
      return [...outer()].length
    `,
  },
  {
    name: 'throw and return through a delegation',
    main: `
      function* inner() { try { yield 1; yield 2 } catch (e) { log('inner caught', e); yield t('handled') } finally { t('inner finally') } return 'inner end' }
      function* outer() { try { log(yield* inner()); yield 3 } finally { t('outer finally') } }
      const a = outer(); log(a.next(), a.throw('e'), a.next(), a.next())
      const b = outer(); log(b.next(), b.return('r'), b.next())
      const noThrow = { [Symbol.iterator]() { return { next: () => ({ done: false, value: t('step') }), return(v) { log('closed', v); return { done: true, value: 'closed' } } } } }
      function* bad() { try { yield* noThrow } finally { t('bad finally') } }
      const c = bad(); c.next(); kind(() => c.throw(new Error('x')))
      const d = bad(); d.next(); log(d.return('v'))
      function* stubborn() { yield* { [Symbol.iterator]() { return { next: () => ({ done: false, value: 1 }), return: () => ({ done: false, value: t('no') }), throw: e => ({ done: true, value: t('thrown ' + e) }) } } } }
      const e = stubborn(); e.next()
      log(e.return(5), e.next())
      const f = stubborn(); f.next()
      return f.throw('q')
    `,
  },
  {
    name: 'errors of what is delegated to',
    main: `
      const run = x => kind(() => [...(function* () { yield* x })()])
      run(5); run(null); run({}); run({ [Symbol.iterator]: () => 5 }); run({ [Symbol.iterator]: () => ({ next: () => 5 }) })
      attempt(() => [...(function* () { yield* { [Symbol.iterator]() { throw new Error('opening') } } })()])
      attempt(() => [...(function* () { yield* { [Symbol.iterator]: () => ({ next() { throw new Error('step ' + t('x')) } }) } })()])
      function* retry() { try { yield* t('no iterable', 1) } catch (e) { yield e.name } }
      return [...retry()]
    `,
  },
  {
    name: 'a generator that is running cannot be stepped',
    main: `
      let it
      function* g() { kind(() => it.next()); kind(() => it.return()); yield t('a'); kind(() => it.throw(new Error('x'))); return 'end' }
      it = g()
      log(it.next(), it.next())
      const me = (function* () { for (const x of me) yield x })()
      return kind(() => [...me])
    `,
  },
  {
    name: 'generators in for-of, spread, patterns and Array.from',
    main: `
      function* count(n) { try { for (let i = 0; i < n; i++) yield t('i', i) } finally { log('closed') } }
      for (const x of count(2)) log(x)
      for (const x of count(9)) if (x === 1) break
      attempt(() => { for (const x of count(9)) throw new Error('body') })
      const [a, b = t('no')] = count(9), [c, ...d] = count(3)
      log((() => { for (const x of count(5)) { if (x) return x } })())
      out: for (const x of count(2)) for (const y of count(2)) { if (y) continue out; log(x, y) }
      return [a, b, c, d, [...count(2)], Array.from(count(2), x => t('m', x * 2)), Math.max(...count(3)), new Set(count(2)), Object.fromEntries(count(0))]
    `,
  },
  {
    name: 'yield in every place of an expression, with calls around it',
    main: `
      const f = (...all) => (log('f', ...all), all.length)
      function* g() {
        const o = { [yield 'key']: yield 'value', m: f(yield 'arg 1', t('a'), yield 'arg 2') }
        log(o, \`\${yield 'part'} \${t('b')} \${yield}\`, (yield 'left') + (yield 'right'), [yield 'item', ...yield 'spread'])
        o[yield 'k'] = f(yield 'v'); o.x += yield 'compound'
        if (yield 'if') f(yield 'then'); else f('else')
        for (let i = yield 'init'; i < (yield 'test'); i += yield 'step') f('body', i)
        switch (yield 'switch') { case yield 'case': f('hit') }
        const { a = yield 'default', ...r } = yield 'object'
        log(a, r, (yield 'c') ? yield 'y' : yield 'n', (yield 'and') && (yield 'not'), f(...yield 'all'), (yield 'callee')(yield 'argument'))
        throw yield 'thrown'
      }
      const answers = [undefined, 'k', 1, 2, 3, 'p', 'q', 4, 5, 6, [7, 8], 'x', 9, 10, 1, 0, 0, 1, 1, 1, 2, 2, { b: 1 }, 11, true, 12, 0, [1, 2], f, 13, new Error('end')]
      const it = g()
      for (const answer of answers) log(attempt(() => it.next(answer)))
      return it.next()
    `,
  },
  {
    name: 'generator methods: of objects, of classes, static, private, with super',
    main: `
      const o = { n: 1, *m(x) { yield this.n; yield t('m', x) }, *[t('key')]() { yield* this.m('k') }, g: function* () { yield this.n } }
      class A { *items() { yield t('A') } static *all() { yield this.name } }
      class B extends A { n = 5; *items() { yield* super.items(); yield this.n; yield* this.#more() } *#more() { yield t('private') } static *all() { yield* super.all(); yield t('B') } }
      return [[...o.m(2)], [...o.key()], [...o.g()], [...new B().items()], [...B.all()]]
    `,
  },
  {
    name: 'generators have this, arguments and prototypes; none can be constructed',
    main: `
      function* g(a) { a = t('changed'); yield [this?.n, arguments.length, arguments[0]] }
      g.prototype.extra = function () { return t('extra') }
      log([...g.call({ n: 1 }, 'x', 'y')], g().extra(), g() instanceof g, Object.getPrototypeOf(g()) === g.prototype)
      kind(() => new g)
      g.prototype = null
      log(Object.getPrototypeOf(Object.getPrototypeOf(g())) === Object.getPrototypeOf(function* () {}.prototype).__proto__, typeof g().next)
      const { next } = g()
      kind(() => next.call({}))
      return Object.keys(g())
    `,
  },
  {
    name: 'arrows in generators, and generators in arrows',
    main: `
      function* g() { const f = x => [this.n, arguments[0], x]; yield f(t('a')); yield [1, 2].map(x => f(x)) }
      const make = n => (function* () { for (let i = 0; i < n; i++) yield () => t('late', i) })()
      return [[...g.call({ n: 1 }, 'arg')], [...make(3)].map(f => f())]
    `,
  },
  {
    name: 'errors thrown in a generator end it, and defaults throw at the call',
    main: `
      function* g() { yield 1; throw new Error(t('in g')) }
      const it = g(); it.next(); attempt(() => it.next()); log(it.next())
      function* h(a = (() => { throw new Error('default') })()) { yield a }
      attempt(() => { h(); log('not reached') })
      function* p({ a }) { yield a }
      kind(() => { p(); log('nor here') })
      return attempt(() => { for (const x of g()) log(x) })
    `,
  },
  {
    name: 'infinite generators and pipelines of them',
    main: `
      function* naturals() { let n = 0; while (true) yield n++ }
      function* map(it, f) { for (const x of it) yield f(x) }
      function* filter(it, f) { for (const x of it) if (f(x)) yield x }
      function* take(it, n) { if (n > 0) for (const x of it) { yield x; if (--n === 0) return t('enough') } }
      function* zip(a, b) { const i = a[Symbol.iterator](), j = b[Symbol.iterator](); for (;;) { const x = i.next(), y = j.next(); if (x.done || y.done) return; yield [x.value, y.value] } }
      function* fib() { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b] } }
      function* permute(list) { if (list.length < 2) yield list; else for (let i = 0; i < list.length; i++) for (const rest of permute(list.toSpliced(i, 1))) yield [list[i], ...rest] }
      return [[...take(filter(map(naturals(), x => t('sq', x * x)), x => x % 2), 3)], [...zip(take(fib(), 5), 'abcdefg')], [...permute([1, 2, 3])].map(p => p.join(''))]
    `,
  },
  {
    name: 'a generator as a state machine driven by hand, handed around',
    main: `
      function* machine() { let state = t('idle'), n = 0; while (state !== 'stop') state = (yield { state, n: n++ }) ?? state; return n }
      const it = machine(), drive = (m, ...inputs) => inputs.map(x => m.next(x).value)
      log(drive(it, undefined, 'run', undefined), drive(it, 'stop'))
      const two = [machine(), machine()]
      two.forEach(m => m.next())
      return [two[0].next('a').value, two[1].next('b').value, two[0].next('stop'), two[1].return('closed'), two.map(m => m.next())]
    `,
  },
]
