import type { Snippet } from '../snippet.ts'

export const builtIns: readonly Snippet[] = [
  {
    name: 'array methods that walk: what they give, what their callbacks get',
    main: `
      const list = [3, 1, 2], seen = (...all) => { log(...all); return all[0] }
      for (const name of ['map', 'forEach', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'every', 'flatMap']) {
        log(name, list[name](function (x, i, all) { log(this?.me, x, i, all === list, arguments.length); return x > 1 && [x, i] }, { me: 'this' }))
      }
      log(list.reduce((a, x, i, all) => seen(a + x, i, all === list)), list.reduceRight((a, x) => seen(a + x)), list.reduce((a, x) => a + t('x', x), 'start'), list.reduceRight((a, x) => a + t('x', x), 'start'))
      kind(() => [].reduce((a, b) => a)); kind(() => [].reduceRight(t)); log([].reduce(t, 'only'), [1].reduce(t))
      return [list.map(x => x * 2).filter(x => t('f', x) > 2).map(String), [[1, [2]], [3]].flatMap(x => x.map(y => y)), list]
    `,
  },
  {
    name: 'array methods over holes and over lists that change',
    main: `
      const holes = [1, , 3, , ]
      log(holes.map(x => t('m', x)), holes.filter(() => t('f', true)), holes.find(x => t('find', x === undefined)), holes.findLastIndex(x => x === undefined), holes.some(x => x === undefined), holes.every(x => x), holes.reduce((a, b) => a + t('r', b)), holes.flatMap(x => [x, x]))
      const growing = [1, 2, 3]
      log(growing.map(x => { if (growing.length < 6) growing.push(x * 10); return t('g', x) }), growing)
      const shrinking = [1, 2, 3, 4]
      shrinking.forEach(x => { t('s', x); shrinking.pop() })
      const deleting = [1, 2, 3]
      log(deleting.map((x, i) => { delete deleting[i + 1]; return t('d', x) }), shrinking)
      const replaced = [1, 2, 3]
      log(replaced.filter((x, i) => { replaced[i + 1] = t('new', x * 100); return true }))
      return [1, 2, 3].reduceRight((a, b, i, all) => { all.length = 1; return a + b })
    `,
  },
  {
    name: 'sort and toSorted with a comparator of the program',
    main: `
      const people = [['b', 2], ['a', 2], ['c', 1], ['d', 2], ['e', 1]]
      const sorted = people.toSorted((x, y) => x[1] - y[1])
      log(sorted, people.sort((x, y) => y[1] - x[1]) === people, people)
      log([3, undefined, 1, , 2].sort((a, b) => b - a), [3, 1, 2].sort(), [10, 9, 1].sort(undefined), [5, 1, 4].toSorted((a, b) => { if (typeof a + typeof b !== 'numbernumber') log('no'); return a < b ? -1 : 1 }))
      attempt(() => [2, 1].sort(() => { throw new Error('comparator ' + t('x')) }))
      for (const bad of [5, null, {}, 'x']) { kind(() => [1, 2].sort(bad)); kind(() => [1, 2].toSorted(bad)) }
      log(new Float64Array([3, 1, 2]).sort((a, b) => b - a), [1, 2, 3].sort(() => 0), [1, 2].sort(() => NaN), ['b', 'a'].sort((a, b) => a.localeCompare(b)))
      const long = Array.from({ length: 40 }, (_, i) => ({ k: i % 3, i }))
      return long.sort((a, b) => a.k - b.k).map(x => x.i)
    `,
  },
  {
    name: 'subclasses decide what array methods make',
    main: `
      class Mine extends Array { static made = 0; constructor(...all) { super(...all); Mine.made++; log('made', all.length) } }
      const m = Mine.from([1, 2, 3])
      log(m.map(x => x * 2) instanceof Mine, m.filter(x => t('f', x > 1)), m.flatMap(x => [x]) instanceof Mine, Mine.made)
      class Plain extends Array { static get [Symbol.species]() { return t('species', Array) } }
      log(Plain.of(1, 2).map(x => t('p', x)) instanceof Plain, Plain.of(3).filter(Boolean).constructor.name)
      const odd = [1, 2, 3]
      odd.constructor = { [Symbol.species]: function (n) { this.n = n } }
      log(odd.map(x => x))
      odd.constructor = undefined
      log(odd.map(x => t('o', x)))
      odd.constructor = 5
      return kind(() => odd.map(x => x))
    `,
  },
  {
    name: 'array methods on what is only like an array',
    main: `
      const like = { length: 3, 0: 'a', 2: 'c' }
      const { map, forEach, filter, reduce, some, find, flatMap, sort } = Array.prototype
      log(map.call(like, (x, i) => t(x + i)), filter.call('hello', c => c > 'h'), reduce.call(like, (a, b) => a + b), some.call(like, x => x === 'c'))
      forEach.call(like, (x, i, o) => log(x, i, o === like))
      log(find.call(like, x => t('find', x) === undefined), flatMap.call({ length: 1, 0: 5 }, x => [x, x]), sort.call({ length: 2, 0: 'b', 1: 'a' }, (a, b) => a < b ? -1 : 1))
      log(map.call({ length: '2', 0: 1, 1: 2 }, x => x * 2), map.call({ length: -1 }, t), map.call({}, t), [1, 2].map.apply([7, 8], [x => t('applied', x)]))
      for (const self of [null, undefined]) { kind(() => map.call(self, t)); kind(() => forEach.call(self, t)) }
      return kind(() => map.call({ get length() { throw new RangeError('length') } }, t))
    `,
  },
  {
    name: 'callbacks that are no functions, that throw, that are natives or bound',
    main: `
      for (const name of ['map', 'forEach', 'filter', 'find', 'findLast', 'some', 'every', 'flatMap', 'reduce']) { kind(() => [1][name](t('arg', 5))); kind(() => [][name]()); attempt(() => [1, 2][name](() => { throw new Error(name) })) }
      const o = { n: 2, times(x) { return x * this.n } }
      log(['1', '2', '3'].map(Number), ['a', 'b'].map(String.prototype.toUpperCase.call, String.prototype.toUpperCase), [1, 2].map(o.times, o), [1, 2].map(o.times.bind({ n: 5 })), [0, 1].filter(Boolean), ['10', '10'].map(parseInt))
      return [[1, 2].map(async x => x).length, [1, 2].map(function* (x) { yield x }).map(g => [...g]), [1].map(class { static x = 1 }.toString.bind(t)).length, [[1], [2]].map(([x]) => t('x', x)), [5].map((x, i, { length }) => length)]
    `,
  },
  {
    name: 'callbacks of nested walks, and recursion through them',
    main: `
      const flatten = x => Array.isArray(x) ? x.flatMap(flatten) : [t('leaf', x)]
      const tree = { v: 1, kids: [{ v: 2, kids: [] }, { v: 3, kids: [{ v: 4, kids: [] }] }] }
      const sum = n => n.v + n.kids.map(sum).reduce((a, b) => a + b, 0)
      const paths = (n, p = '') => [p + n.v, ...n.kids.flatMap(k => paths(k, p + n.v + '/'))]
      return [flatten([1, [2, [3, [4]]], 5]), sum(tree), paths(tree), [1, 2].map(x => [3, 4].map(y => [5, 6].filter(z => t('z', z) > 5).map(z => x * y * z)))]
    `,
  },
  {
    name: 'forEach of Map and Set while they change',
    main: `
      const map = new Map([['a', 1], ['b', 2]]), set = new Set([1, 2])
      map.forEach(function (v, k, m) { log(v, k, m === map, this.me); if (m.size < 4) m.set(k + k, v * 10) }, { me: 'this' })
      set.forEach(function (v, k, s) { log(v, k, s === set, this?.me); s.delete(v); if (v < 4) s.add(v + 2) })
      log(map, set, map.forEach(() => t('x')))
      attempt(() => map.forEach(() => { throw new Error('in forEach') })); kind(() => map.forEach(5)); kind(() => Map.prototype.forEach.call(set, t)); kind(() => Set.prototype.forEach.call([], t)); kind(() => new Set().forEach())
      class Loud extends Map { forEach(f, self) { t('loud'); return super.forEach((v, k) => f.call(self, k, v)) } }
      new Loud([['k', 'v']]).forEach((a, b) => log(a, b))
      new URLSearchParams('a=1&b=2').forEach((v, k) => log(v, t(k)))
      return [map.size, set.size, Map.groupBy([1, 2, 3], x => t('group', x % 2)), Object.groupBy([1, 2], x => x > 1 ? 'big' : t('small'))]
    `,
  },
  {
    name: 'replace and replaceAll with a function',
    main: `
      log('abc'.replace('b', (...all) => { log(...all); return t('X') }), 'aXbX'.replaceAll('X', (m, i) => t(m + i)), 'abc'.replace('z', t), ''.replace('', () => t('empty')), 'ab'.replaceAll('', (m, i) => i))
      log('2024-05-06'.replace(/(?<y>\\d+)-(\\d+)(x)?/, (...all) => { log(...all); return t('date') }), 'a1b2'.replace(/\\d/g, d => t('d', d * 2)), 'aaa'.replaceAll(/a/g, (m, i) => i), 'x'.replace(/y/g, t), 'aXbX'.replace(/x/gi, () => '$&'))
      log('abc'.replace(/b/y, t), 'xx'.replace(/x/, () => undefined), 'xx'.replace(/(?:)/g, () => '-'), 'x'.replace(/x/, () => ({ toString: () => t('converted') })))
      kind(() => 'a'.replaceAll(/a/, t)); attempt(() => 'aa'.replace(/a/g, () => { throw new Error('replacer') }))
      const re = /o/g; re.lastIndex = 5
      log('foo boo'.replace(re, () => t('0')), re.lastIndex)
      const custom = { [Symbol.replace](s, f) { return t('custom') + s + f('called') } }
      return ['x'.replace(custom, v => v + '!'), 'a-b'.replace('-', '$&$&'), String.prototype.replace.call(12321, '2', x => t('n', x * 2)), 'é😀'.replace(/./gu, c => c.length), kind(() => String.prototype.replace.call(null, 'a', t))]
    `,
  },
  {
    name: 'Array.from, Array.of, Array.fromAsync and array-likes',
    main: `
      log(Array.from([1, 2], function (x, i) { return [this?.k, x, i, arguments.length] }, { k: 1 }), Array.from({ length: 3 }, (_, i) => t('i', i * 2)), Array.from('aé😀', c => t(c)), Array.from(new Map([['a', 1]]), ([k, v]) => k + v))
      log(Array.from.call(function (...all) { this.made = all.length }, { length: 2, 0: 'a', 1: 'b' }, x => t('like', x)), Array.from.call(function (...all) { this.made = all.length }, [1, 2], x => t('iterable', x)), Array.from.call(null, [1], x => x + 1))
      for (const f of [() => Array.from([1], 5), () => Array.from(null, t), () => Array.from(5, t).length, () => Array.from({ [Symbol.iterator]: 5 }, t), () => Array.from([1], () => { throw new RangeError('mapper') }), () => Array.from()]) log(kind(f))
      class Sub extends Array {}
      return [Sub.from([1, 2], x => x * 2) instanceof Sub, Array.from((function* () { yield t('g') })(), x => x + '!'), Array.from(new Set([1, 1, 2]), (x, i) => x + i), Uint8Array.from([1, 2], x => t('u', x * 2))]
    `,
  },
  {
    name: 'built-ins that call back without twins',
    main: `
      const o = {}
      Object.defineProperty(o, 'x', { get: () => t('getter'), enumerable: true })
      log(JSON.stringify({ a: 1, b: { toJSON(k) { return t('toJSON ' + k) } }, c: o }), JSON.stringify([1, { a: 2 }], (k, v) => (log('replacer', k), typeof v === 'number' ? v + 1 : v)), JSON.parse('{"a":[1,2]}', (k, v) => (log('reviver', k), Array.isArray(v) ? v.length : v)))
      log(Object.entries(o), Object.assign({}, o), { ...o }, Object.fromEntries(new Map([['k', t('v')]])), Array.prototype.concat.call([], [t('c')]), structuredClone({ a: t('clone') }))
      log(new Date(t('date', 0)).getTime(), isNaN({ valueOf: () => t('valueOf', NaN) }), Math.max({ valueOf: () => t('max', 5) }, 3), parseInt({ toString: () => t('42') }), [1, 2, 3].toString(), [{ toString: () => t('joined') }].join())
      log(['b', 'a'].toSorted(), [3, 1].toString(), [1, 2, 3].indexOf(t('index', 2)), [1, [2, [3]]].flat(t('depth', 9)), 'a-b'.split(t('-')), 'abc'.at(t('at', -1)))
      return new Intl.NumberFormat('en').format(t('format', 1234))
    `,
  },
  {
    name: 'typed arrays and their callbacks',
    main: `
      const u = new Uint8Array([1, 2, 3])
      u.forEach(function (x, i, all) { log(x, i, all === u, this.k) }, { k: 'this' })
      return [u.map(x => t('m', x * 2)), u.filter(x => x > 1), u.reduce((a, b) => t('r', a + b)), u.some(x => x > 2), u.find(x => x > 1), u.findLastIndex(x => t('l', x) < 3), Array.from(u, x => x + 1), u.toSorted((a, b) => b - a), Float64Array.from([1.5], x => t('from', x))]
    `,
  },
]
