import type { Snippet } from '../snippet.ts'

export const exceptions: readonly Snippet[] = [
  {
    name: 'try, catch and finally around calls',
    main: `
      const run = (label, f) => { try { return f(t(label)) } catch (e) { return t('caught ' + e.message) } finally { t('finally') } }
      log(run('a', x => x + '!'), run('b', () => { throw new Error('b') }))
      try { t('no catch') } finally { t('cleanup') }
      try { throw t('value', 5) } catch { t('no binding') }
      return attempt(() => { try { throw new Error('first') } catch (e) { t('handler'); throw new Error('second') } finally { t('finally') } })
    `,
  },
  {
    name: 'return in finally, and finally over return',
    main: `
      const a = () => { try { return t('try') } finally { return t('finally') } }
      const b = () => { try { throw new Error('lost') } finally { return t('won') } }
      const c = () => { let x = 1; try { return x + t('y', 1) } finally { x = 100; t('too late') } }
      const d = () => { for (const i of [1, 2, 3]) { try { if (i === 2) return t('r', i) } finally { if (t('i', i) === 2) continue } } return 'after' }
      const e = () => { out: try { return t('e') } finally { break out } return 'broken out' }
      const f = () => { while (true) { try { return t('f') } finally { break } } return 'left' }
      return [a(), b(), c(), d(), e(), f()]
    `,
  },
  {
    name: 'throw in finally replaces what was on its way',
    main: `
      attempt(() => { try { throw new Error('first') } finally { throw new Error('second ' + t('x')) } })
      attempt(() => { try { return t('value') } finally { throw new Error('third') } })
      attempt(() => { try { try { throw new Error('inner') } finally { t('one') } } finally { t('two') } })
      return attempt(() => { try { throw new Error('a') } catch (e) { throw new Error(e.message + 'b') } finally { t('last') } })
    `,
  },
  {
    name: 'nested tries with the same name of the error, and rethrown ones',
    main: `
      const deep = n => { try { if (n === 0) throw new Error('bottom'); return deep(n - 1) } catch (e) { t('up ' + n); throw e } finally { log('leave', n) } }
      attempt(() => deep(3))
      try { try { throw t('a') } catch (e) { try { throw t('b') } catch (e) { log(e) } log(e); throw e + '!' } } catch (e) { log(e) }
      let e = t('outer')
      try { throw t('inner') } catch (e) { e = t('assigned'); log(e) }
      return e
    `,
  },
  {
    name: 'errors of callees reach the nearest catch, whatever they are',
    main: `
      const thrower = x => { throw x }
      for (const x of [1, 'text', null, undefined, Symbol.iterator, { a: 1 }, new TypeError('typed'), [1]]) {
        try { log('not', thrower(x)) } catch (error) { log(typeof error, error === x) }
      }
      const middle = () => { const r = thrower(t('through')); log('not reached', r) }
      try { middle() } catch (error) { return error }
    `,
  },
  {
    name: 'the stack goes on after an error in an argument',
    main: `
      const f = (...all) => log('called', ...all)
      attempt(() => f(t('a'), (() => { throw new Error('argument') })(), t('c')))
      attempt(() => t('obj', {})[t('key')].x(t('not evaluated')))
      attempt(() => new (class { constructor() { throw new Error('constructor') } })(t('x')))
      attempt(() => \`\${t('part')}\${(() => { throw new Error('template') })()}\${t('no')}\`)
      attempt(() => [t('item'), (() => { throw new Error('array') })(), t('no')])
      attempt(() => ({ a: t('prop'), [(() => { throw new Error('key') })()]: t('no') }))
      return f(1)
    `,
  },
  {
    name: 'not a function, in every form of call',
    main: `
      const o = { n: 1, deep: {}, s: 'x' }, n = 5
      for (const f of [
        () => n(t('evaluated 1')), () => o.n(t('evaluated 2')), () => o[t('k')](t('evaluated 3')), () => o.deep.f(t('evaluated 4')),
        () => u('callee')(t('evaluated 5')), () => o.deep.deeper.f(t('not evaluated')), () => o.none.f(t('not this')), () => new n(t('evaluated 6')),
        () => new o.s(t('evaluated 7')), () => new (() => {})(t('evaluated 8')), () => n\`\${t('evaluated 9')}\`, () => o.n\`\${t('evaluated 10')}\`,
        () => n(...t('spread', [1])), () => o.n(...t('spread', [1])), () => (class {})(t('evaluated 11')), () => new o.m(...t('spread', [])),
        () => ({ m() {} }).m.call.call(5), () => new (async () => {})(), () => new ({ m() {} }).m(), () => Reflect.construct(t('r', 1), []),
        () => undeclared(t('not evaluated')), () => [1].map(t('not a callback')), () => Symbol()(), () => new Symbol(),
      ]) kind(f)
      return 'end'
    `,
  },
  {
    name: 'messages of errors that name what was called',
    main: `
      const o = { n: 1, none: undefined }
      for (const f of [() => o.n(), () => { let x; x() }, () => null.x, () => undefined.y(), () => o.none.z, () => o.none[t('k')], () => { o.none.w = 1 }]) {
        try { f() } catch (error) { log(error instanceof TypeError, /is not a function$|^Cannot (read|set) properties of (undefined|null)/.test(error.message)) }
      }
      attempt(() => undefined.a.b)
      attempt(() => null[t('key')])
      attempt(() => undeclared)
      attempt(() => { 'use strict'; undeclared = t('v') })
      attempt(() => { 'use strict'; Object.freeze(o).n = t('v') })
      return attempt(() => decodeURIComponent(t('%')))
    `,
  },
  {
    name: 'an error that nobody catches, through several functions',
    main: `
      const object = { middle(x) { const y = inner(x); return y } }
      function outer(x) { return [1].map(() => object.middle(x)) }
      function inner(x) { throw new RangeError('uncaught ' + t(x)) }
      class Starter { constructor() { this.x = outer('deep') } }
      new Starter
    `,
    stack: ['inner', 'middle', 'outer', 'Starter'],
  },
  {
    name: 'an error thrown at once by the innermost function tells its name',
    main: `
      function innermost() { return new Error('made here') }
      const arrow = () => innermost()
      class A { method() { return innermost() } static make() { return new this().method() } }
      log(innermost().stack.includes('innermost'), arrow().stack.includes('innermost'))
      return A.make().stack.split('\\n')[0]
    `,
  },
  {
    name: 'errors with causes, aggregates and classes of the user',
    main: `
      class Failure extends Error {
        constructor(what, options) { super(t('message ' + what), options); this.name = 'Failure'; this.code = t('code', 42) }
        get doubled() { return this.code * 2 }
      }
      try { throw new Failure('x', { cause: t('cause') }) } catch (e) { log(e, e.cause, e.doubled, e instanceof Failure, e instanceof Error, String(e), Object.keys(e)) }
      const all = new AggregateError([new Error(t('a')), new Failure('b')], t('both'))
      return [all.errors.map(String), all.message, Error.prototype.toString.call(new Failure('z'))]
    `,
  },
  {
    name: 'finally runs once for each way out of a loop',
    main: `
      const out = []
      for (let i = 0; i < 5; i++) {
        try { if (i === 1) continue; if (i === 3) break; out.push(t('body', i)) } catch (e) { log('no') } finally { out.push('f' + t('finally', i)) }
      }
      const f = () => { label: for (const x of [1, 2]) { try { for (const y of [3, 4]) { try { if (t('y', y) === 4) continue label; } finally { log('in') } } } finally { log('out') } } return t('done') }
      return [out, f()]
    `,
  },
  {
    name: 'catch parameters: patterns, defaults and closures over them',
    main: `
      const kept = []
      for (const x of [1, 2]) try { throw { x, list: [t('in list')] } } catch ({ x: y, z = t('default'), list: [first, second = t('second')] }) { kept.push(() => [y, z, first, second]) }
      kind(() => { try { throw null } catch ({ a }) { log('no') } finally { t('finally') } })
      try { throw t('v') } catch (error) { var error = t('replaced'); log(error) }
      return [kept.map(f => f()), error]
    `,
    format: 'commonjs',
  },
  {
    name: 'values of expressions that are cut short by an error are forgotten',
    main: `
      let x = 'before', o = { a: 'old' }
      attempt(() => { x = t('new') + (() => { throw new Error('e') })() })
      attempt(() => { o.a = t('n') && (() => { throw new Error('e') })() })
      attempt(() => { x += (() => { throw new Error('e') })() })
      attempt(() => { const { a = (() => { throw new Error('e') })() } = {} })
      attempt(() => { o[t('k')] ??= (() => { throw new Error('e') })() })
      return [x, o]
    `,
  },
]
