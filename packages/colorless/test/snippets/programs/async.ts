import type { Snippet } from '../snippet.ts'

export const asynchronous: readonly Snippet[] = [
  {
    name: 'async functions of every form, beside plain ones',
    main: `
      const plain = x => t('plain', x * 2)
      async function a(x = t('default', 1)) { const y = await plain(x); return [y, await t('awaited', Promise.resolve(plain(y)))] }
      const b = async x => (await a(x)).concat(plain(1))
      const o = { async m(x) { return [this.n, await x] }, n: 5, ['k']: async () => t('arrow') }
      class A { async m() { return t('method') } static async s() { return this.name } async #p() { return t('private') } f = async () => this.#p(); async up() { return [await this.m(), await this.f()] } }
      class B extends A { async m() { return 'B' + await super.m() } }
      return (async () => [await a(), await a(3), await b(4), await o.m(6), await o.k(), await new B().up(), await B.s()])()
    `,
  },
  {
    name: 'errors of async functions, finally, and await in every place',
    main: `
      const fail = async x => { throw new Error('async ' + t(x)) }
      const later = async x => { await null; return x }
      async function all() {
        try { await fail('a') } catch (e) { log(e.message) } finally { log(await later('finally')) }
        const { p = await later('default') } = await later({}), list = [await later(1), ...await later([2, 3])]
        for (const x of await later([1, 2])) log(await later(x))
        for (let i = await later(0); i < await later(2); i++) log('i', i)
        if (await later(true)) log(\`\${await later('part')}\`, p, list, (await later(t))('called'), (await later(2)) ** 2, -await later(3))
        switch (await later(1)) { case await later(1): log('case') }
        return (await later({ m: x => t('m', x) })).m(await later('arg'))
      }
      return all().then(v => [v]).catch(e => e)
    `,
  },
  {
    name: 'async generators and for await',
    main: `
      async function* g(n) { try { for (let i = 0; i < n; i++) yield t('i', i) } finally { log('closed') } }
      async function* outer() { yield* g(2); yield* [t('plain'), Promise.resolve(5)]; const x = yield 'ask'; return t('got ' + x) }
      const o = { async *m() { yield this.n; yield* g(1) }, n: 7 }
      class A { async *items() { yield t('A') } static async *[Symbol.asyncIterator]() { yield t('static') } }
      return (async () => {
        const seen = []
        for await (const x of g(3)) { seen.push(x); if (x === 1) break }
        for await (const x of [t('a'), Promise.resolve('b')]) seen.push(x)
        for await (const [k, v = t('v')] of o.m().constructor ? [[1]] : []) seen.push(k, v)
        for await (const x of A) seen.push(x)
        const it = outer()
        for (let i = 0; i < 6; i++) seen.push((await it.next('in')).value)
        label: for await (const x of g(3)) { for (const y of [1, 2]) { if (y === 2) continue label; seen.push(x + y) } }
        for await (const x of o.m()) seen.push(x)
        for await (const x of new A().items()) seen.push(x)
        return seen
      })()
    `,
  },
  {
    name: 'promises with callbacks of the program',
    main: `
      return new Promise((resolve, reject) => { t('executor'); resolve(t('value', 1)) })
        .then(x => t('then', x + 1))
        .then(() => { throw new Error(t('thrown')) })
        .catch(e => t('caught ' + e.message))
        .finally(() => t('finally'))
        .then(async x => [x, await Promise.all([1, 2].map(async n => t('n', n))), await Promise.allSettled([Promise.reject(t('r'))]), await Promise.any([t('any')]), await Promise.race([t('race')])])
    `,
  },
  {
    name: 'a thenable of the program is awaited',
    main: `
      class Box { constructor(v) { this.v = v } then(done) { done(t('then', this.v)) } }
      const lazy = { get then() { log('then read'); return done => done(t('lazy')) } }
      return (async () => [await new Box(1), await lazy, await Promise.resolve(new Box(2)), await (async () => new Box(3))()])()
    `,
  },
  {
    name: 'plain functions within async ones, with this, arguments and closures',
    main: `
      async function f() {
        const sum = (...all) => all.reduce((a, b) => a + b, this.n)
        function inner() { return [...arguments].map(x => t('x', x)) }
        const a = sum(...arguments)
        await null
        return [a, sum(1), inner(1, 2), arguments.length, [3].map(x => x + this.n)]
      }
      const timers = () => new Promise(done => setTimeout(() => done(t('timer')), 1))
      return (async () => [await f.call({ n: 10 }, 1, 2), await timers(), await new Promise(done => queueMicrotask(() => done(t('microtask'))))])()
    `,
  },
  {
    name: 'async methods with super, private names and fields',
    main: `
      class A { n = 1; async get() { return t('A', this.n) } static async make() { return new this } }
      class B extends A {
        #m = 2
        f = async () => [await super.get(), this.#m]
        async get() { const before = await super.get(); this.#m += t('plus', 1); return [before, await this.f(), await this.#own(super.get)] }
        async #own(get) { return get.call({ n: 'other' }) }
      }
      return B.make().then(b => b.get())
    `,
  },
]
