import type { Snippet } from '../snippet.ts'

/** Every position that a call can stand in within another call. */
export const calls: readonly Snippet[] = [
  {
    name: 'arguments are evaluated from left to right, after the callee',
    main: `
      const f = (...all) => all.join()
      const get = label => { log(label); return f }
      log(get('f')())
      log(get('f')(t('a')))
      log(get('f')(t('a'), t('b'), t('c'), t('d')))
      log(get('f')(t('a'), t('b'), t('c'), t('d'), t('e'), t('g'), t('h')))
      return get('f')(f(t(1), f(t(2), t(3))), f(), f(t(4)))
    `,
  },
  {
    name: 'calls of calls of calls',
    main: `
      const curry = a => b => c => (...d) => [a, b, c, ...d]
      log(curry(t(1))(t(2))(t(3))(t(4), t(5)))
      return curry(curry(t('x'))(t('y'))(t('z'))())(curry)(null)()[0]
    `,
  },
  {
    name: 'methods keep their object, however it is found',
    main: `
      const o = { n: 1, self() { return this }, add(x) { return this.n + x }, in: { n: 7, add(x) { return this.n + x } } }
      log(o.add(t(1)), o.in.add(t(1)), o['add'](t(2)), o[t('in')][t('add')](t(3)))
      log(o.self().self().in.add(o.add(o.self().n)))
      log((o.add)(5), (o).add(6), (0, o.self)() === undefined)
      const get = () => (log('object'), o)
      return get().self()[t('add')](get().in.n)
    `,
  },
  {
    name: 'the method is read before its arguments are evaluated',
    main: `
      const o = { f: x => 'old ' + x }
      log(o.f((o.f = x => 'new ' + x, t('a'))))
      let g = x => 'old ' + x
      const swap = () => { g = x => 'new ' + x; return 'b' }
      log(g(swap()), g('c'))
      let p = { f() { return 'first' } }
      const q = p
      return p.f((p = { f() { return 'second' } }, 1)) + (q === p)
    `,
  },
  {
    name: 'spread arguments, alone, between others, several times',
    main: `
      const f = (...all) => all
      const o = { n: 9, f(...all) { return [this.n, ...all] } }
      log(f(...t('items', [1, 2])))
      log(f(t('a'), ...t('items', [1, 2]), t('b'), ...t('set', new Set([3, 4])), t('c')))
      log(o.f(...t('x', 'xyz'), t('last')))
      return o[t('f')](...f(...f(1, 2), 3), ...[], ...'')
    `,
  },
  {
    name: 'calls with more arguments than parameters, and fewer',
    main: `
      function two(a, b) { return [a, b, arguments.length] }
      log(two(t(1)), two(t(1), t(2), t(3)), two())
      return two(...[1, 2, 3, 4, 5])
    `,
  },
  {
    name: 'functions called before and after their definition',
    main: `
      log(later(t(1)))
      function later(x) { return inner(x) + 1; function inner(y) { return y * deep() } }
      function deep() { return typeof notYet }
      var notYet = 5
      return later(t(2))
    `,
  },
  {
    name: 'functions called at once',
    main: `
      const a = (function () { return t('function') })()
      const b = (() => t('arrow'))()
      const c = (function named(n) { return n === 0 ? 'end' : named(n - 1) })(3)
      !function () { log('not') }()
      void function (x) { log('void', x) }(t('argument'))
      new function () { this.x = t('new') }
      return [a, b, c, (x => y => x + y)(t(1))(t(2))]
    `,
  },
  {
    name: 'template parts and their conversion',
    main: `
      const o = { toString() { log('toString'); return 'o' } }
      log(\`\${t('a')} and \${t('b', 2)} and \${o}\`)
      log(\`\${t('x')}\${t('y')}\`, \`\`, \`\${\`nested \${t('deep')}\`}!\`)
      return \`line
\${t('end')}\`
    `,
  },
  {
    name: 'tags are called with strings, raw strings and values',
    main: `
      const tag = (strings, ...values) => [...strings, strings.raw.join('|'), ...values]
      log(tag\`a\${t(1)}b\\n\${t(2)}c\`)
      log(tag\`\`, tag\`\\unicode\`[0] === undefined)
      const get = () => (log('tag'), tag)
      log(get()\`x\${t(3)}y\`)
      const o = { n: 5, tag(strings, x) { return this.n + strings[0] + x } }
      log(o.tag\`m\${t(4)}\`, o[t('tag')]\`m\${t(5)}\`, (o.tag)\`p\${t(6)}\`)
      return ((s, a) => (r, b) => s[0] + a + r[0] + b)\`one\${t(7)}\`\`two\${t(8)}\`
    `,
  },
  {
    name: 'the strings of a tagged template are one frozen object for each place',
    main: `
      const id = strings => strings
      const at = () => id\`same\${t('x')}\`
      const a = at(), b = at()
      log(a === b, Object.isFrozen(a), Object.isFrozen(a.raw), id\`same\` === id\`same\`)
      const seen = []
      for (let i = 0; i < 3; i++) seen.push(id\`loop\${i}\`)
      return seen[0] === seen[2]
    `,
  },
  {
    name: 'String.raw and a tag that gives a function',
    main: `
      log(String.raw\`a\\n\${t('b')}\`)
      return (x => y => [x[0], y[0]])\`p\`\`q\`
    `,
  },
  {
    name: 'array literals with calls, holes and spread',
    main: `
      const a = [t(1), , t(2), ...t('s', [3, 4]), , t(5)]
      log(a, a.length, 1 in a)
      return [[t('x'), [t('y')]], ...[t('z')], ...new Map([[t('k'), t('v')]])]
    `,
  },
  {
    name: 'object literals: keys before values, in order',
    main: `
      const o = {
        a: t('a', 1), [t('b')]: t('c', 2), ...t('spread', { d: 3, a: 4 }), get [t('g')]() { return t('getter') },
        [t('m')]() { return t('method') }, 'quoted key': t('e'), 5: t('f'), set [t('g2')](v) { log('set', v) },
      }
      o.g2 = t('v')
      log(o.g, o.m(), Object.keys(o).join())
      return { ...(t('off', false) && { x: 1 }), ...null, ...t('text', 'hi') }
    `,
  },
  {
    name: 'the prototype key of an object literal',
    main: `
      const base = { hello() { return 'hello ' + this.name } }
      const o = { __proto__: t('base', base), name: t('o') }
      const p = { ['__proto__']: t('own', 1) }
      const __proto__ = t('short', 2)
      const q = { __proto__ }
      return [o.hello(), Object.getPrototypeOf(o) === base, Object.keys(p), Object.keys(q), { __proto__: t('n', null) } instanceof Object]
    `,
  },
  {
    name: 'new with calls in the class and in the arguments',
    main: `
      class P { constructor(...all) { this.all = all } }
      const ns = { P, get() { log('get'); return P }, deep: { P } }
      log(new P, new P(), new P(t(1), t(2)), new P(...t('s', [3, 4]), t(5)))
      log(new ns.P(t(6)), new ns[t('P')](t(7)), new (ns.get())(t(8)), new (ns.get()), new ns.deep.P)
      log(new P(t(9)).all.concat(t(10)), new (class extends P {})(t(11)).all)
      return new new P(1).constructor(t(12))
    `,
  },
  {
    name: 'new of what a call returns, and a member of a new object called',
    main: `
      function F(x) { if (!new.target) return new F(x); this.x = x }
      F.prototype.get = function (y) { return [this.x, y] }
      log(F(t(1)), new F(t(2)).get(t(3)), new (F(t(4)).constructor)(t(5)))
      const make = () => function (z) { this.z = z }
      return new (make())(t(6)).z + (new F(1) instanceof F)
    `,
  },
  {
    name: 'member chains of calls on several lines',
    main: `
      const chain = { steps: [], add(x) { this.steps.push(x); return this }, end() { return this.steps } }
      return chain
        .add(t('a'))
        .add(t('b')).add(
          t('c'),
        )
        // a comment between
        .add(/* and one inside */ t('d'))
        .end()
        .map(x => t(x + '!'))
    `,
  },
  {
    name: 'the value of a call in each kind of statement',
    main: `
      t('expression')
      if (t('if', true)) log('then'); else log('else')
      if (t('if', 0)) log('then'); else if (t('else if', 1)) log('second')
      let x = t('let'), y = t(x + 2), z
      var v = t('var')
      const { length } = t('pattern')
      z = t('assigned'); log(x, y, z, v, length);
      { t('in a block') } ;
      label: t('labelled')
      debugger
      throw t('thrown', new RangeError('x' + t(1)))
    `,
  },
  {
    name: 'recursion, mutual recursion and a deep one',
    main: `
      const even = n => n === 0 ? true : odd(n - 1)
      const odd = n => n === 0 ? false : even(n - 1)
      function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) }
      const sum = n => n === 0 ? 0 : n + sum(n - 1)
      const ackermann = (m, n) => m === 0 ? n + 1 : n === 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1))
      log(even(10), odd(7))
      return [fib(10), sum(700), ackermann(2, 3)]
    `,
  },
  {
    name: 'a call nested in itself many times over',
    main: `
      const f = (a, b) => a + b
      return f(f(f(t(1), t(2)), f(t(3), f(t(4), t(5)))), f(f(f(t(6), t(7)), t(8)), f(f(t(9), t(10)), f(t(11), t(12)))))
    `,
  },
]
