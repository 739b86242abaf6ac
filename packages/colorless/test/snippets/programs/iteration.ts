import type { Snippet } from '../snippet.ts'

const ITERATOR = `
function items(name, list, rest = {}) {
  return {
    [Symbol.iterator]() {
      log(name, 'opened')
      let n = 0
      return {
        next() { log(name, 'next', arguments.length); return n < list.length ? { done: false, value: list[n++] } : { done: true, value: 'over' } },
        return(...all) { log(name, 'closed', ...all); return {} },
        ...rest,
      }
    },
  }
}
`

export const iteration: readonly Snippet[] = [
  {
    name: 'for-of over what the engine iterates itself',
    before: `function f() { for (const x of arguments) log('argument', t(x)) }`,
    main: `
      for (const x of t('array', [1, , 3])) log(x)
      for (const x of t('string', 'aé😀')) log(x)
      for (const x of new Set([1, 1, 2])) log(x)
      for (const [k, v] of new Map([['a', 1]])) log(k, v)
      for (const x of new Uint8Array([7, 8])) log(x)
      for (const [n, x] of ['x', 'y'].entries()) log(n, t(x))
      for (const x of new Map([['k', 1]]).keys()) log(x)
      for (const m of 'a1b2'.matchAll(/\\d/g)) log(m[0])
      for (let x of [1, 2]) { x *= t('ten', 10); log(x) }
      let last; for (last of [3, 4]) t(last)
      for (var v of [5]); for (const { length } of ['four']) log(length)
      f('a', 'b')
      return [last, v]
    `,
  },
  {
    name: 'for-of over an iterator of the user',
    before: ITERATOR,
    main: `
      for (const x of items('all', [1, 2])) log(x)
      for (const x of items('break', [1, 2])) { log(x); break }
      label: for (const x of items('outer', [1, 2])) { for (const y of items('inner', [3, 4])) { log(x, y); if (y === 3) continue label } }
      const early = () => { for (const x of items('return', [1, 2])) return t('value', x) }
      log(early())
      attempt(() => { for (const x of items('throw', [1, 2])) throw new Error('body ' + t(x)) })
      out: { for (const x of items('block', [1])) { break out } }
      for (const x of items('empty', [])) log('no')
      for (const [a, b = t('default')] of items('pairs', [[1], [2, 3]])) log(a, b)
      const o = {}
      for (o[t('key')] of items('target', [1, 2])) log(o)
      return 'end'
    `,
  },
  {
    name: 'closing an iterator: what its return gives, throws or lacks',
    before: ITERATOR,
    main: `
      const leave = rest => { for (const x of items('x', [1, 2], rest)) { if (x === 1) break } return 'left' }
      log(attempt(() => leave({ return: undefined })), attempt(() => leave({ return: null })))
      kind(() => leave({ return() { return 5 } }))
      attempt(() => leave({ return() { throw new Error('from return') } }))
      attempt(() => { for (const x of items('y', [1], { return() { log('closed'); throw new Error('lost') } })) throw new Error('of the body') })
      attempt(() => { for (const x of items('z', [1], { return() { log('closed'); return 5 } })) throw new Error('of the body wins') })
      kind(() => leave({ return: 5 }))
      return kind(() => { for (const x of items('w', [1], { return: 5 })) return t('r') })
    `,
  },
  {
    name: 'errors of iterators: in opening, stepping, reading',
    before: ITERATOR,
    main: `
      const walk = it => { for (const x of it) log('got', x) }
      for (const it of [5, null, undefined, {}, { [Symbol.iterator]: 1 }, { [Symbol.iterator]: () => 5 }, { [Symbol.iterator]: () => ({}) }]) kind(() => walk(it))
      attempt(() => walk({ [Symbol.iterator]() { throw new Error('opening') } }))
      attempt(() => walk(items('a', [1], { next() { throw new Error('stepping') } })))
      kind(() => walk(items('b', [1], { next() { return 5 } })))
      attempt(() => walk(items('c', [1], { next() { return { get done() { throw new Error('reading done') } } } })))
      attempt(() => walk(items('d', [1], { next() { return { get value() { throw new Error('reading value') } } } })))
      return walk(items('e', [1], { next: () => ({ done: t('truthy'), get value() { log('value is not read') } }) }))
    `,
  },
  {
    name: 'next is read once, when the loop begins',
    before: ITERATOR,
    main: `
      const it = { n: 0, [Symbol.iterator]() { return this }, get next() { log('read'); return () => ({ done: this.n > 1, value: this.n++ }) } }
      for (const x of it) { log(x); it.other = t('x') }
      let calls = 0
      const changing = { [Symbol.iterator]() { return this }, next() { calls++; this.next = () => { throw new Error('not called') }; return { done: calls > 2, value: calls } } }
      for (const x of changing) log(x)
      return [calls, [...{ [Symbol.iterator]() { return it } }]]
    `,
  },
  {
    name: 'closures over the variable of a loop over a user iterator',
    before: ITERATOR,
    main: `
      const list = []
      for (const x of items('x', [1, 2])) list.push(() => x)
      for (let y of items('y', [3, 4])) { list.push(() => y++); y += t('add', 10) }
      for (const { z } of items('z', [{ z: 5 }, { z: 6 }])) list.push(() => t('z', z))
      return [...list.map(f => f()), list[2]()]
    `,
  },
  {
    name: 'spread of user iterators in arrays, calls and new',
    before: ITERATOR,
    main: `
      const f = (...all) => all
      class C { constructor(...all) { this.all = all } }
      log([...items('a', [1, 2]), t('between'), ...items('b', [3])])
      log(f(t('first'), ...items('c', [4]), ...items('d', []), t('last')))
      log(new C(...items('e', [5, 6])), Math.max(...items('f', [7, 9, 8])))
      attempt(() => [...items('g', [1], { next() { throw new Error('step') } })])
      for (const it of [null, {}, 5]) { kind(() => [...t('array', it)]); kind(() => f(...t('call', it))); kind(() => new C(...t('new', it))) }
      return [...[...items('h', ['x', 'y'])].entries()]
    `,
  },
  {
    name: 'spread keeps its place among other arguments with effects',
    before: ITERATOR,
    main: `
      const list = [1, 2]
      const f = (...all) => all.join()
      log(f(...list, list.push(t('pushed', 3)), ...list))
      return [...list, (list.length = 0, t('emptied')), ...list]
    `,
  },
  {
    name: 'constructors and functions that take iterables',
    before: ITERATOR,
    main: `
      log(new Set(items('set', [1, 2, 1])), new Map(items('map', [['k', 'v']])))
      log(Array.from(items('from', [1, 2])), Array.from(items('mapped', [1, 2]), x => t('m', x * 10)), Array.of(...items('of', [1])))
      log(Object.fromEntries(items('entries', [['a', t('one', 1)]])))
      attempt(() => Array.from(items('broken', [1, 2]), x => { throw new Error('mapper ' + x) }))
      kind(() => new Map(items('no pair', [1])))
      return new Uint8Array(items('bytes', [1, 256]))
    `,
  },
  {
    name: 'an iterable class with a generator method and one with a plain iterator',
    main: `
      class Tree {
        constructor(value, ...children) { this.value = value; this.children = children }
        *[Symbol.iterator]() { yield t('at ' + this.value, this.value); for (const child of this.children) yield* child }
      }
      class Range {
        constructor(n) { this.n = n }
        [Symbol.iterator]() { let i = 0; return { next: () => i < this.n ? { value: t('i', i++), done: false } : { value: undefined, done: true } } }
      }
      for (const v of new Tree(1, new Tree(2), new Tree(3, new Tree(4)))) log('v', v)
      for (const v of new Tree('a', new Tree('b'))) { if (v === 'b') break }
      return [...new Range(3), ...new Tree(5, new Tree(6))]
    `,
  },
  {
    name: 'subclasses of Array and Map with iterators of their own',
    main: `
      class Doubled extends Array { *[Symbol.iterator]() { for (let i = 0; i < this.length; i++) yield t('twice', this[i] * 2) } }
      const d = Doubled.of(1, 2, 3)
      for (const x of d) log(x)
      class Loud extends Map { [Symbol.iterator]() { log('opened'); return super[Symbol.iterator]() } }
      for (const [k, v] of new Loud([['a', 1]])) log(k, v)
      const own = [1, 2]
      own[Symbol.iterator] = function* () { yield t('own') }
      const [first, second = t('none')] = own
      return [[...d], [...new Loud([['b', 2]])], [...own], first, second]
    `,
  },
  {
    name: 'iterator helpers with functions of the user',
    needs: 'if (!Iterator.prototype.map) throw 0',
    main: `
      function* numbers() { for (let i = 0; i < 6; i++) yield t('n', i) }
      log(numbers().map(x => t('m', x * 2)).filter(x => x % 4 === 0).take(2).toArray())
      log([1, 2, 3].values().reduce((a, b) => t('r', a + b)), numbers().some(x => x === 1), numbers().drop(4).flatMap(x => [x, x]).toArray())
      for (const x of numbers().map(x => x + t('add', 1))) { if (x > 1) break }
      return Iterator.from({ next: () => ({ done: t('done', true) }) }).toArray()
    `,
  },
]
