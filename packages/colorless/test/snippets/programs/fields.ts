import type { Snippet } from '../snippet.ts'

export const fields: readonly Snippet[] = [
  {
    name: 'fields are initialised in order, after super, before the rest of the constructor',
    main: `
      class A { a = t('a'); b = this.a + t('b'); none; ['c' + t('key')] = t('c'); 'quoted' = 1; 5 = t('five'); constructor() { this.after = t('A body', this.b) } }
      class B extends A { d = t('d', this.after); constructor() { t('before'); super(); this.e = t('B body', this.d) } }
      class C extends B { f = t('f', this.e) }
      log('defined')
      return [new A, new B, new C, Object.keys(new C)]
    `,
  },
  {
    name: 'fields that call methods, overridden ones too',
    main: `
      class A { x = this.start(); start() { return t('A start') } y = [1, 2].map(n => t('y', n + this.x.length)) }
      class B extends A { own = t('own'); start() { return t('B start ' + this.own) } }
      return [new A, new B]
    `,
  },
  {
    name: 'arrow fields keep their object, and function fields do not',
    main: `
      class A {
        n = t('n', 1)
        arrow = x => [this.n, t('x', x)]
        fn = function () { return this?.n }
        nested = () => () => this.n + t('deep', 1)
        static s = () => this.name + t('s')
        late = (a = this.n, b = t('b')) => [a, b]
      }
      const { arrow, fn, nested, late } = new A, { s } = A
      return [arrow(2), fn(), fn.call({ n: 3 }), nested()(), s(), late(), new A().fn(), arrow.call({ n: 9 }, 4)]
    `,
  },
  {
    name: 'fields define, setters of the parent do not run; names of functions in fields',
    main: `
      class A { set x(v) { t('setter') } get x() { return 'getter' } }
      class B extends A { x = t('own') }
      class C { f = () => {}; ['g' + t('')] = function () {}; static h = class {}; #p = () => {}; name() { return this.#p.name } 'two words' = () => {} }
      const c = new C
      log(new B().x, Object.getOwnPropertyDescriptor(new B, 'x'))
      return [c.f.name, c.g.name, C.h.name, c.name(), c['two words'].name]
    `,
  },
  {
    name: 'an error in a field initialiser',
    main: `
      class A { a = t('a'); b = (() => { throw new Error('field b') })(); c = t('c') }
      class B extends A { constructor() { try { super() } finally { t('finally') } } }
      class C { static made = []; x = C.made.push(this); y = (() => { throw new Error('after x') })() }
      attempt(() => new A); attempt(() => new B); attempt(() => new C); 
      log(C.made.length, C.made[0] instanceof C)
      return attempt(() => new (class { static z = (() => { throw new Error('static') })() }))
    `,
  },
  {
    name: 'each initialiser runs once for each object, whatever is in it',
    main: `
      let n = 0
      const next = () => ++n
      class A { x = n++; #p = n++; z = next(); static s = n++; read() { return this.#p } }
      class B extends A { y = t('y'); own = n++ }
      class C extends A { }
      class D extends C { w = next(); constructor() { super(t('argument')); this.v = n++ } }
      class E extends (class { u = n++; constructor(f) { this.f = f() } }) { constructor() { super(() => t('called')) } }
      return [new A, new B, new C, new D, new E, new D().read(), n]
    `,
  },
  {
    name: 'an initialiser finds what the parent has under the same name',
    main: `
      class A { x = t('A x', 9); y = 'A y'; list = [t('first')]; seen() { return [this.x, this.y, Object.keys(this).join()] } }
      class B extends A { before = this.seen(); x = t('B x', [this.x]); y; list = [...this.list, t('second')]; ['z' + t('')] = this.x; after = this.seen() }
      class C extends B { x = t('C x', { was: this.x }); constructor() { super(); this.x = [this.x, super.x] } }
      return [new B, new C]
    `,
  },
  {
    name: 'a private field that is read before its initialiser has run',
    main: `
      class A { #p = t('p', this.#p ?? 'none'); }
      class B { a = this.m(); #p = t('p'); m() { return this.#p } }
      log(kind(() => new A) instanceof A, kind(() => new B) instanceof B)
    `,
    differs: {
      because:
        'only the engine puts a private field on an object, for all of a class at once: where initialisers can be suspended, that is before them',
      ways: ['inside', 'switching at every call', 'switching at every 3rd call'],
      log: ['p', 'p', 'true true'],
      end: /^returned undefined$/,
    },
  },
  {
    name: 'fields with closures over the place of the class, one set for each object',
    main: `
      const make = base => class { n = base; list = [t('base', base)]; add = x => { this.list.push(x); return this } ; id = ++counter }
      let counter = 0
      const A = make('a'), B = make('b'), a1 = new A, a2 = new A, b = new B
      a1.add(1).add(t('two', 2))
      return [a1, a2, b].map(o => [o.n, o.list, o.id])
    `,
  },
  {
    name: 'private fields, methods, accessors, static ones',
    main: `
      class A {
        #x = t('x', 1)
        static #count = t('static', 0)
        #m(y) { return [this.#x, t('m', y)] }
        get #acc() { return t('get', this.#x) }
        set #acc(v) { this.#x = t('set', v) }
        static #sm(z) { return t('sm', z) + this.#count }
        *#gen() { yield this.#x; yield t('gen') }
        async #later() { return this.#x }
        run() {
          this.#x += t('plus', 5); this.#x++; --this.#x; this.#acc = this.#acc + 1; this.#acc += t('acc', 2); this.#acc++; this.#acc ||= t('no'); this.#x &&= t('and', 100)
          A.#count += 1
          return [this.#x, this.#m(t('y')), this.#acc, A.#sm(t('z')), [...this.#gen()], this['#x'], this.#m\`tag\${t('v')}\`, this.#m.call({ __proto__: this }.self ?? this, 'c')]
        }
        static has(o) { return [#x in o, #m in o, #acc in o] }
        write(o) { kind(() => { this.#m = t('read only') }); kind(() => { o.#x = t('foreign') }); kind(() => o.#m(t('foreign method'))); kind(() => o.#acc) }
      }
      const a = new A
      a.write({})
      return [a.run(), A.has(a), A.has({}), kind(() => A.has(5)), Object.keys(a)]
    `,
  },
  {
    name: 'private methods called in every way: chains, spread, new, as values, from arrows',
    main: `
      class A {
        #n = 3
        #add(...all) { return all.reduce((a, b) => a + b, this.#n) }
        #Made = class { constructor(x) { this.x = t('made', x) } }
        static #make(...all) { return new this(...all) }
        go(other) {
          const f = this.#add, g = (...all) => this.#add(...all)
          return [this.#add(), this.#add(...[1, 2], t('x', 3)), this?.#add?.(t('y', 4)), new this.#Made(t('z')).x, kind(() => f(1)), f.call(this, t('w', 5)), g(6), other.#add(t('o', 7)), this.#add.name, this.#add.length, [8, 9].map(n => this.#add(n)), A.#make().#n]
        }
      }
      return new A().go(new A)
    `,
  },
  {
    name: 'private names of nested classes and of the same name',
    main: `
      class Outer {
        #p = t('outer')
        inner() {
          const outer = () => this.#p
          return new (class Inner { #p = t('inner'); #q() { return outer() + this.#p } both() { return [this.#q(), this.#p, kind(() => this.#fromOuter)] } get #fromOuter() { return t('getter') } })().both()
        }
      }
      class Brand { #b; static is(o) { try { o.#b; return true } catch { return false } } static mark(o) { return new (class extends (function () { return o }) { #b = t('marked'); static has(x) { return #b in x } }) } }
      return [new Outer().inner(), Brand.is(new Brand), Brand.is({}), Brand.mark({ a: 1 })]
    `,
  },
  {
    name: 'private members put on foreign objects by returning them from the parent',
    main: `
      class Any { constructor(o) { return o } }
      class Stamp extends Any { #mark = t('mark'); #m() { return t('m ' + this.#mark) } static read(o) { return o.#m() } static has(o) { return #m in o } }
      const o = { plain: 1 }
      log(Stamp.has(o))
      new Stamp(o)
      kind(() => new Stamp(o))
      return [Stamp.read(o), Stamp.has(o), Object.keys(o)]
    `,
  },
  {
    name: 'static blocks have this, super, private names and scopes of their own',
    main: `
      let leak
      class A { static base() { return t('base') } }
      class B extends A {
        #secret = t('secret')
        static { var v = t('var'); const c = 1; leak = o => o.#secret; this.x = super.base() + v + c; { function inner() { return t('inner') } this.y = inner() } }
        static { try { throw t('thrown') } catch (e) { this.z = e } for (const i of [1, 2]) { if (i === 2) break; t('i', i) } }
        static w = [this.x, this.y, this.z, typeof v]
      }
      return [B.w, leak(new B)]
    `,
  },
  {
    name: 'fields with await, yield and arguments around the class',
    main: `
      function* g() { class A { [yield 'key'] = t('value'); static s = t('static') } return [new A, A.s] }
      const it = g(); log(it.next(), it.next('k'))
      function f() { const seen = arguments.length; return class { n = seen; a = (function () { return arguments.length })(1, 2, t('three')) } }
      return [new (f(1, 2, 3))]
    `,
  },
]
