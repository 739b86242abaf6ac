import type { Snippet } from '../snippet.ts'

const NEEDS = '{ using x = null }'

const RESOURCE = `
class Resource {
  constructor(name) { this.name = t('open ' + name, name) }
  [Symbol.dispose]() { t('dispose ' + this.name) }
  async [Symbol.asyncDispose]() { t('dispose later ' + this.name) }
}
`

export const using: readonly Snippet[] = [
  {
    name: 'using: disposal in reverse order at every way out of a block',
    needs: NEEDS,
    before: RESOURCE,
    main: `
      { using a = new Resource('a'), b = new Resource('b'); t('body') }
      const f = () => { using c = new Resource('c'); return t('returned') }
      log(f())
      attempt(() => { using d = new Resource('d'); throw new Error('in body') })
      for (const x of [1, 2, 3]) { using e = new Resource('e' + x); if (x === 1) continue; if (x === 2) break }
      out: { using g = new Resource('g'); break out }
      { using none = null, nothing = undefined; t('nothing to dispose') }
      switch (1) { case 1: { using h = new Resource('h'); t('in switch') } }
      return 'end'
    `,
  },
  {
    name: 'using in the heads of loops over arrays and generators',
    needs: NEEDS,
    before: RESOURCE,
    main: `
      for (using x of [new Resource('x1'), new Resource('x2')]) t('of ' + x.name)
      function* resources() { try { yield new Resource('y1'); yield new Resource('y2') } finally { t('generator closed') } }
      for (using y of resources()) { t('of ' + y.name); break }
      return 'end'
    `,
  },
  {
    name: 'errors of disposal and what is suppressed by them',
    needs: NEEDS,
    main: `
      const bad = name => ({ [Symbol.dispose]() { t('dispose ' + name); throw new Error('from ' + name) } })
      try { using a = bad('a'); using b = bad('b'); throw new Error('body') } catch (e) { log(e.name, e.error.message, e.suppressed.name, e.suppressed.error.message, e.suppressed.suppressed.message) }
      attempt(() => { using c = bad('c') })
      kind(() => { using d = {} }); kind(() => { using e = 5 }); kind(() => { using f = { [Symbol.dispose]: t('no function', 5) } })
      attempt(() => { using g = bad('g'); return t('lost') })
      return kind(() => { using h = null; h = t('const') })
    `,
  },
  {
    name: 'using in generators, methods and arrows, with calls in the initialiser',
    needs: NEEDS,
    before: RESOURCE,
    main: `
      function* g() { using a = new Resource(yield 'name'); yield t('held ' + a.name) }
      const it = g(); it.next(); log(it.next('g').value, it.return('early'))
      class A { m() { using a = this.open('m'); return a.name } open(n) { return new Resource(n) } static { using s = new Resource('static'); t('block') } }
      log(new A().m())
      const nested = () => { using a = new Resource('outer'); const inner = () => { using b = new Resource('inner'); return a.name + b.name }; return inner() }
      const stack = new DisposableStack
      stack.use(new Resource('stacked')); stack.defer(() => t('deferred')); stack.adopt(t('adopted'), x => t('dispose ' + x + '!'))
      stack.dispose()
      return nested()
    `,
  },
  {
    name: 'await using in async functions',
    needs: 'async () => { await using x = null }',
    before: RESOURCE,
    main: `
      return (async () => {
        { await using a = new Resource('a'); t('body') }
        for (await using b of [new Resource('b')]) t('of')
        try { await using c = { async [Symbol.asyncDispose]() { throw new Error('late') } } } catch (e) { log(e.message) }
        return t('end')
      })()
    `,
  },
]
