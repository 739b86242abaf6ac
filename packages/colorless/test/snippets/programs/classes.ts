import type { Snippet } from '../snippet.ts'

export const classes: readonly Snippet[] = [
  {
    name: 'methods of every kind and of every name',
    main: `
      const s = Symbol('s')
      class A {
        plain(x) { return t('plain', x) } static plain(x) { return t('static', x) }
        'quoted name'() { return 1 } 42() { return 2 } [t('computed')]() { return t('c') } [s]() { return t('symbol') } static [t('computed static')]() { return this.name }
        get value() { return t('get', this.v) } set value(v) { this.v = t('set', v) } static get value() { return 'static value' } static set value(v) { log('static set', v) }
        get() { return 'get' } set() { return 'set' } static() { return 'static' } async() { return 'async' } static static() { return 'ss' } static get() { return 'sg' } *of() { yield 1 } constructor2() {}
        'constructor'() { return t('quoted constructor') }
      }
      const a = new A
      a.value = 5; A.value = 6
      log(a.plain(1), A.plain(2), a['quoted name'](), a[42](), a.computed(), a[s](), A['computed static'](), a.value, A.value)
      return [a.get(), a.set(), a.static(), a.async(), A.static(), A.get(), [...a.of()], Object.getOwnPropertyNames(A.prototype).join(), Object.getOwnPropertyNames(A).join(), Object.keys(A)]
    `,
  },
  {
    name: 'of several members of one name the last one stands',
    main: `
      class A {
        m({ }) { return t('first m') } m() { return 'second m' } ['n'](a = t('default')) { return a } n() { return 2 }
        o() { return 'first o' } [t('o')]() { return t('second o') } static s() { return t('first s') } static s = () => 'second s'
        get p() { return t('first p') } p() { return 'second p' } q() { return t('first q') } get q() { return 'second q' } *r() { yield t('first r') } r() { return ['second r'] }
        w() { return 'method' } w = t('field')
      }
      const o = { m() { return t('first') }, m() { return 'second' }, get x() { return t('getter') }, x: 'value', y: 1, ['y']() { return t('method') } }
      const a = new A
      return [a.m(), a.n(), a.o(), A.s(), a.p(), a.q, ...a.r(), a.w, o.m(), o.x, o.y()]
    `,
  },
  {
    name: 'constructors: of a base, derived, implicit, several levels',
    main: `
      class A { constructor(x, y = t('default y')) { this.x = t('A', x); this.y = y } }
      class B extends A { constructor(...all) { t('before super'); super(...all, t('added')); this.b = t('B') } }
      class C extends B {}
      class D extends C { constructor() { super(t('from D')); return } }
      const all = [new A(1), new A(1, 2), new B(3), new C(4, 5), new D(6)]
      log(all.map(o => [o.constructor.name, o instanceof A, Object.getPrototypeOf(o) === o.constructor.prototype]))
      kind(() => A()); kind(() => C.call({})); kind(() => Reflect.apply(B, {}, []))
      return all
    `,
  },
  {
    name: 'constructors that return: objects, nothing, values',
    main: `
      class A { constructor(r) { this.own = 1; return r } }
      class B extends A { constructor(r, s) { super(r); this.b = t('b'); return s } }
      class C extends A { c = t('c') }
      const o = { other: t('o') }
      log(new A(), new A(5), new A(o) === o, new B(o) === o, o, new B(undefined, o) === o, new C({}), new C())
      kind(() => new B(undefined, 5)); kind(() => new B(undefined, null))
      class NoSuper extends A { constructor(x) { if (x) return x; t('no super') } }
      log(new NoSuper(o) === o)
      kind(() => new NoSuper())
      function F(r) { this.f = t('f'); return r }
      return [new F(), new F(o) === o, new F(5), new F(null), new F(() => t('fn'))()]
    `,
  },
  {
    name: 'super() in odd places',
    main: `
      class A { constructor(x) { this.x = x } }
      class InArrow extends A { constructor() { const s = x => super(x); s(t('arrow')); this.after = 1 } }
      class InCondition extends A { constructor(c) { if (c) super(t('then')); else super(t('else')) } }
      class InArgument extends A { constructor() { log(super(t('inner')).x, this.x); t('value', super.constructor.name) } }
      class InTry extends A { constructor() { try { super((() => { throw new Error('argument') })()) } catch (e) { super(t('again ' + e.message)) } } }
      class InDefault extends A { constructor(a = super(t('default')), b = this.x + '!') { this.b = b } }
      class Ternary extends A { constructor(c) { c ? super(t('yes')) : super(t('no')); } }
      class Nested extends A { constructor() { super(new InArrow().x + t('outer')) } }
      class InLoop extends A { constructor() { for (const x of [1]) super(t('loop', x)) } }
      class InFinally extends A { constructor() { try { t('try') } finally { super(t('finally')) } } }
      return [new InArrow, new InCondition(1), new InCondition(0), new InArgument, new InTry, new InDefault, new Ternary(1), new Nested, new InLoop, new InFinally]
    `,
  },
  {
    name: 'super() twice, not at all, and this before it',
    main: `
      class A { constructor() { t('A made') } }
      for (const make of [
        () => new (class extends A { constructor() { super(); super() } }),
        () => new (class extends A { constructor() { this.x = t('value') } }),
        () => new (class extends A { constructor() { } }),
        () => new (class extends A { constructor() { t('a'); super.x } }),
        () => new (class extends A { constructor() { (() => this)() } }),
        () => new (class extends A { constructor() { const f = () => super(); f(); f() } }),
        () => new (class extends A { x = (() => { throw new RangeError('field') })(); constructor() { try { super() } catch (e) { log(e.message, typeof this) } super() } }),
        () => new (class extends A { constructor() { return 5 } }),
        () => new (class extends A { constructor() { try { this } catch (e) { log(e.name); super(t('late')) } } }),
      ]) kind(make)
      return 'end'
    `,
  },
  {
    name: 'new.target in constructors, functions, arrows and default parameters',
    main: `
      class A { constructor(f = () => new.target) { this.seen = [new.target.name, f().name, (() => new.target.name)()] } }
      class B extends A { constructor() { const early = new.target.name; super(); this.early = t('early', early) } }
      class C extends B {}
      function F() { return { f: new.target === undefined ? 'called' : new.target === F ? 'new' : new.target.name, g: (() => t('arrow', typeof new.target))() } }
      class D extends F {}
      const abstract = class { constructor() { if (new.target === abstract) throw new TypeError(t('abstract')) } }
      kind(() => new abstract)
      log(new (class extends abstract {}) instanceof abstract, F.call({}).f, [1].map(F)[0].f, Reflect.construct(F, []).f, Reflect.construct(F, [], B).f, F.bind()().f, new (F.bind())().f)
      return [new A, new B, new C, F(), new F, new D, Reflect.construct(A, [], C).seen, Reflect.construct(C, [], A) instanceof A]
    `,
  },
  {
    name: 'classes extend what a call gives: mixins, null, old-style functions, built-ins',
    main: `
      const Named = Base => class extends Base { named() { return t('named') } get kind() { return 'n' + super.kind } }
      const Sized = (Base, n) => class Sized extends Base { size() { return n + this.more() } more() { return t('more', 1) } }
      class Root { get kind() { return t('root') } }
      class A extends Named(Sized(t('Root', Root), t('n', 5))) { more() { return super.more() + t('A', 10) } }
      const a = new A
      log(a.named(), a.size(), a.kind, Object.getPrototypeOf(A).name)
      function Old(x) { this.old = t('old', x); this.isNew = new.target === undefined ? 'call' : new.target.name }
      Old.prototype.hello = function () { return t('hello', this.old) }; Old.make = function () { return new this(t('made')) }
      class FromOld extends Old { constructor(x) { super(x + '!'); this.n = 1 } hello() { return super.hello() + '?' } }
      log(new FromOld('x').hello(), FromOld.make(), new FromOld('y'))
      class Nothing extends null { static s() { return t('s') } }
      log(Nothing.s(), Object.getPrototypeOf(Nothing.prototype))
      kind(() => new Nothing)
      for (const base of [5, undefined, () => {}, { prototype: null }]) kind(() => class extends t('base', base) {})
      return kind(() => class extends Object.assign(function () {}, { prototype: 5 }) {})
    `,
  },
  {
    name: 'classes extend built-ins',
    main: `
      class Stack extends Array { top() { return this.at(-1) } push(...all) { log('push', all.length); return super.push(...all.map(x => t('m', x))) } }
      const s = new Stack
      s.push(1, 2); s.push(3)
      log(s, s.top(), s.length, s.map(x => x * 2) instanceof Stack, s.filter(x => t('f', x > 1)), Stack.from([1], x => t('from', x)), Stack.of(7), new Stack(3).length)
      class Default extends Map { constructor(make, entries) { super(entries); this.make = make } get(k) { if (!this.has(k)) this.set(k, this.make(k)); return super.get(k) } }
      const d = new Default(k => t('made ' + k), [['a', 1]])
      log(d.get('a'), d.get('b'), d.get('b'), d)
      class Fail extends TypeError { constructor(m) { super(t('fail ' + m)); this.name = new.target.name } }
      log(new Fail('x'), new Fail('y') instanceof TypeError, new Fail('z').toString())
      class P extends Promise { static get [Symbol.species]() { return Promise } }
      class S extends String { shout() { return t('shout', this.toUpperCase() + '!') } }
      class F extends Function { constructor() { super('x', 'return x + 1') } }
      class N extends Number { plus(x) { return this + x } }
      return [new S('hi').shout(), new F()(t('one', 1)), new N(5).plus(t('two', 2)), P.resolve(1) instanceof P, new (class extends Date { year() { return this.getUTCFullYear() } })(0).year(), new (class extends Uint8Array { sum() { return this.reduce((a, b) => t('sum', a + b)) } })([1, 2]).sum()]
    `,
  },
  {
    name: 'class expressions, their names, and classes made in a loop',
    main: `
      const A = class Inner { static self() { return Inner } again() { return new Inner } }
      log(A.name, A.self() === A, new A().again() instanceof A, typeof Inner)
      const list = []
      for (const n of [1, 2, 3]) list.push(class { static n = t('n', n); get() { return n } static make() { return new this } })
      log(list.map(C => [C.n, C.make().get(), C.name]), list[0] === list[1])
      attempt(() => { class B { static x = (B = t('assigned')) } })
      class D { static twice = [D, this].map(x => x === D) }
      let E = class { static me() { return E } }
      const kept = E; E = t('other')
      attempt(() => { new Late; class Late {} })
      attempt(() => { class F { [F.name]() {} } })
      return [D.twice, kept.me(), (class { static x = t('anonymous') }).x]
    `,
  },
  {
    name: 'the parts of a class are evaluated in their order',
    main: `
      const base = class {}
      class A extends (t('heritage'), base) {
        [t('key 1')]() {}
        static [t('static key')] = t('static value');
        [t('field key')] = t('field value')
        static { t('block') }
        static [t('key 2')]() {}
        get [t('getter key')]() { return t('getter') }
        static last = t('last')
      }
      log('defined')
      const a = new A
      log(a, a['getter key'], A['static key'])
      attempt(() => { class B { static { t('before') } static x = (() => { throw new Error('in static') })(); static { t('not reached') } } })
      return attempt(() => class { [t('ok')]() {} [(() => { throw new Error('in key') })()]() {} })
    `,
  },
  {
    name: 'static methods, blocks, inheritance of statics and of accessors',
    main: `
      class A {
        static count = 0
        static list = []
        static { for (const x of [1, 2]) this.list.push(t('static', x)); const own = t('own'); this.get = () => own }
        static make(...all) { this.count += 1; return new this(...all) }
        static get total() { return t('total', this.count) }
        static set total(v) { this.count = t('set', v) }
      }
      class B extends A {
        static count = 100
        static { this.total = super.total + 1; try { super.none() } catch (e) { log(e.name) } }
        static make() { return [super.make(), t('B')] }
      }
      log(A.make(), B.make(), A.count, B.count, B.total, A.get(), B.list === A.list)
      return [Object.getOwnPropertyNames(B).join(), B.__proto__ === A]
    `,
  },
  {
    name: 'old-style classes: prototypes, inheritance by call, instanceof',
    main: `
      function Animal(name) { if (!(this instanceof Animal)) return new Animal(name); this.name = t('name', name) }
      Animal.prototype.speak = function () { return this.name + ' ' + this.sound() }
      Animal.prototype.sound = function () { return t('sound') }
      function Dog(name) { Animal.call(this, name + '!'); this.tricks = [] }
      Dog.prototype = Object.create(Animal.prototype, { constructor: { value: Dog } })
      Dog.prototype.sound = function () { return 'woof ' + Animal.prototype.sound.call(this) }
      Dog.prototype.add = function (x) { this.tricks.push(t('trick', x)); return this }
      const d = new Dog('rex')
      log(d.speak(), d.add(1).add(2), d instanceof Animal, Animal('x').speak(), Object.keys(d))
      Dog.prototype = { sound() { return t('literal') }, __proto__: Animal.prototype }
      const e = new Dog('ben')
      log(e.speak(), e instanceof Dog, d instanceof Dog)
      function NoProto() { this.made = t('made') }
      NoProto.prototype = null
      return [Object.getPrototypeOf(new NoProto('y')) === Object.prototype, new (function () { this.f = () => t('f', this.g); this.g = 5 })().f()]
    `,
  },
  {
    name: 'Reflect.construct, bound classes and proxies of classes',
    main: `
      class A { constructor(...all) { this.all = all; this.target = new.target?.name } m() { return t('m', this.all.length) } }
      class B extends A { b = t('b') }
      const P = new Proxy(B, { construct(target, args, newTarget) { log('construct', args); return Reflect.construct(target, [t('proxied'), ...args], newTarget) } })
      const Bound = A.bind(null, t('bound'))
      log(Reflect.construct(A, [t(1)]), Reflect.construct(A, [t(2)], B).target, new Bound(t(3)), new P(t(4)).m(), new P instanceof B)
      class C extends P { c = t('c') }
      log(new C(5).m(), kind(() => class extends Bound {}))
      const Q = new Proxy(function () {}, {})
      return [new Q() instanceof Q, kind(() => Reflect.construct(() => {}, [])), kind(() => Reflect.construct(A, [], t('x', {})))]
    `,
  },
  {
    name: 'methods that later members of the class replace',
    main: `
      const key = t('key', 'm')
      class A {
        m() { return t('first m') }
        [key]() { return 'plain m' }
        static s() { return t('first s') }
        static s = () => 'field s'
        get g() { return t('first g') }
        set g(v) { t('set g', v) }
        get g() { return 'plain g' }
        n() { return t('first n') }
        n() { return t('second n') }
      }
      const a = new A()
      a.g = 1
      return [a.m(), A.s(), a.g, a.n()]
    `,
  },
]
