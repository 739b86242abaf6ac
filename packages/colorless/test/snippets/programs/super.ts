import type { Snippet } from '../snippet.ts'

const BASE = `
class Base {
  static tag = 'Base'
  constructor(n) { this.n = n }
  m(x) { return ['Base.m', this.n, x] }
  get value() { return t('get', this._v) }
  set value(v) { this._v = t('set', v) }
  static s(x) { return [this.tag, x] }
}
`

export const supers: readonly Snippet[] = [
  {
    name: 'methods of the parent, with this of the child',
    before: BASE,
    main: `
      class A extends Base {
        m(x) { return [super.m(t('x', x)), super['m'](t('y')), super[t('m')](t('z')), super.m?.(t('w')), super.m(...t('spread', [1, 2])), super.m.call({ n: 'other' }, 'c'), super.m\`tag\`[0]] }
        static s() { return [super.s(t('s')), super[t('s')]?.('q'), super.tag] }
      }
      class B extends A { m(x) { return super.m(x).length } static tag = t('B'); static s() { return super.s() } }
      return [new A(1).m('a'), new B(2).m('b'), A.s(), B.s()]
    `,
  },
  {
    name: 'properties of the parent are read and written on this',
    before: BASE,
    main: `
      class A extends Base {
        go() {
          super.value = t('v', 1); super.value += t('w', 2); super.value++; --super.value; super[t('value')] *= t('u', 10); super.value ||= t('no'); super.value &&= t('and', 7); super.other ??= t('other')
          super.plain = t('plain'); super[t('k')] = t('kv');
          [super.first, super[t('second')]] = [1, 2]; ({ a: super.third } = { a: 3 }); for (super.loop of [t('loop')]);
          return [super.value, super.plain, this.plain, typeof super.n, super.m === Base.prototype.m, 'x' in this, delete this.k]
        }
        get value() { return 'child ' + super.value }
        set value(v) { super.value = v + t('!') }
      }
      const a = new A(5)
      const seen = a.go()
      a.value = t('outer')
      kind(() => ({ m() { delete super.x } }).m())
      return [seen, a.value, a]
    `,
  },
  {
    name: 'super in object literals follows their prototype',
    main: `
      const one = { hi() { return t('one') + this.n }, get g() { return t('g1') } }, two = { hi() { return t('two') + this.n } }
      const o = { __proto__: one, n: 1, hi() { return 'o' + super.hi() }, get g() { return super.g + '!' }, set p(v) { super.q = v }, *gen() { yield super.hi() }, arrow() { return (() => super.hi())() }, ['c' + t('')]() { return super.hi() } }
      log(o.hi(), o.g, [...o.gen()], o.arrow(), o.c())
      o.p = t('v')
      Object.setPrototypeOf(o, two)
      const { hi } = o
      log(o.hi(), hi.call({ n: 2 }), o, { hi, n: 3 }.hi())
      return kind(() => ({ m() { return super.none(t('evaluated')) } }).m())
    `,
  },
  {
    name: 'super in arrows, in default parameters, in fields and in blocks',
    before: BASE,
    main: `
      class A extends Base {
        f = () => super.m(t('field'))
        g = [1].map(x => super.m(x))
        m(x, y = super.m(t('default')), z = () => super.m('late')) { return [y, z(), [1, 2].map(i => super.m(t('i', i)))[1], (() => () => super.m('deep'))()()] }
        static t = super.s(t('static field'))
        static { this.u = super.s(t('block')); this.v = (() => super.tag)() }
        async later() { return super.m('async') }
      }
      const a = new A(1)
      return [a.f(), a.g, a.m(), A.t, A.u, A.v, typeof a.later]
    `,
  },
  {
    name: 'super members before and beside super()',
    before: BASE,
    main: `
      class A extends Base { constructor() { super(t('n', 4)); this.seen = [super.m(t('x')), super.value]; super.value = t('v'); const f = () => super.m('arrow'); this.f = f() } }
      class B extends Base { constructor() { const f = () => super.m(t('late')); super(t('n', 5)); this.seen = f() } }
      class C extends Base { constructor() { kind(() => super.m(t('not evaluated'))); super(6) } }
      return [new A, new B, new C]
    `,
  },
  {
    name: 'super finds what its home has at the time of the call',
    before: BASE,
    main: `
      class A extends Base { m(x) { return super.m(x) } static s(x) { return super.s(x) } }
      const a = new A(1)
      log(a.m(t('a')))
      const old = Base.prototype.m
      Base.prototype.m = function (x) { return [t('patched'), old.call(this, x)] }
      log(a.m('b'))
      Object.setPrototypeOf(A.prototype, { m(x) { return [t('other home'), this.n, x] } })
      Object.setPrototypeOf(A, { s: x => t('other static') })
      log(a.m('c'), A.s('d'))
      const borrowed = { n: 9, m: A.prototype.m }
      return [borrowed.m(t('e')), A.prototype.m.call({ n: 10 }, 'f')]
    `,
  },
  {
    name: 'the method of the parent is found before the arguments are evaluated',
    before: BASE,
    main: `
      class A extends Base {
        m() { const old = Base.prototype.m; try { return super.m((Base.prototype.m = () => t('new'), t('argument'))) } finally { Base.prototype.m = old } }
        k() { return super[(Object.setPrototypeOf(A.prototype, { z: x => ['z', x] }), t('z'))](t('y')) }
      }
      const a = new A(1)
      return [a.m(), a.k()]
    `,
  },
  {
    name: 'three levels of methods, accessors and constructors with calls in between',
    main: `
      class A { constructor(p) { this.path = [t('A', p)] } walk(x) { return t('A', [...x, 'a']) } get size() { return t('size', this.path.length) } toString() { return \`A(\${this.path})\` } }
      class B extends A { constructor(p) { super(t('to A', p + 'b')); this.path.push(t('B')) } walk(x) { return super.walk(t('B', [...x, 'b'])).concat('/b') } get size() { return super.size + 1 } toString() { return 'B' + super.toString() } }
      class C extends B { constructor(p) { super(t('to B', p + 'c')); this.path.push(t('C')) } walk(x) { return super.walk(t('C', [...x, 'c'])).concat('/c') } get size() { return super.size * t('ten', 10) } toString() { return 'C' + super.toString() } }
      const c = new C('p')
      return [c, c.walk(['0']), c.size, c.toString(), \`\${c}\`, c + '']
    `,
  },
  {
    name: 'accessors of classes: inherited, half overridden, static, on prototypes',
    main: `
      class A { #v = 0; get x() { log('get x'); return this.#v } set x(v) { log('set x', v); this.#v = v } static get y() { return t('y', this.name) } set only(v) { t('only', v) } get [t('key')]() { return t('by key') } }
      class B extends A { get x() { return t('B get', super.x) } }
      class C extends A { set x(v) { super.x = t('C set', v * 2) } }
      const a = new A, b = new B, c = new C
      a.x = 1; a.x += t('more', 2); a.x++; log(a.x)
      kind(() => { b.x = t('no setter') }); log(b.x)
      c.x = 5; log(c.x, c.only, a.key, B.y)
      const { x, key } = a, d = Object.getOwnPropertyDescriptor(A.prototype, 'x')
      log(x, key, d.get.name, d.set.name, d.get.call(b), Reflect.get(A.prototype, 'x', a), Reflect.set(A.prototype, 'x', t('reflected'), a), a.x)
      return [\`\${a.x}\`, [a.x, ...[a.key]], a.x ? t('yes') : 0, { ...a }, Object.keys(a), 'x' in b, JSON.stringify({ x: a.x })]
    `,
  },
]
