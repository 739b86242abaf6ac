import type { Snippet } from '../snippet.ts'

export const loops: readonly Snippet[] = [
  {
    name: 'calls in each part of a for, a while and a do',
    main: `
      for (let i = t('init', 0); i < t('test', 3); i += t('update', 1)) log('body', i)
      let n = 3
      while (t('while', n)) n -= t('minus', 1)
      do n += t('plus', 1); while (n < t('until', 3))
      for (;;) { if (t('forever', n--) < 2) break }
      for (var v = t('var'), w; ; v = t('again')) { if (w) break; w = t('w') }
      for (t('no declaration'); n < 3; n++);
      return [n, v, w]
    `,
  },
  {
    name: 'each iteration has its own variables',
    main: `
      const list = [], late = []
      for (let i = t('init', 0), get = () => i; i < 3; i += t('step', 1)) { list.push(() => i); late.push(get); i += t('none', 0) }
      for (const x of t('of', [4, 5])) list.push(() => x)
      for (const k in t('in', { a: 1, b: 2 })) list.push(() => k)
      for (let i = 0; i < 2; i++) { let j = i * t('two', 2); const k = () => [i++, j++]; k(); list.push(k) }
      for (var v = 0; v < 2; v++) list.push(() => v)
      let n = 0
      while (n < 2) { const m = n++; list.push(() => t('m', m)) }
      return [list.map(f => f()), late.map(f => f())]
    `,
  },
  {
    name: 'a closure made in the head of a for sees the first variable only',
    main: `
      const list = []
      for (let i = 0, f = () => ++i; t('test', i) < 3; i++, list.push(() => i)) { if (list.length === 0) log('of the head', f()) }
      for (let i = (list.push(() => 'init ' + i), 0); (list.push(() => 'test ' + i), i < 2); list.push(() => 'update ' + i), i++) t(i)
      return list.map(f => f())
    `,
  },
  {
    name: 'break and continue, with and without labels',
    main: `
      outer: for (let i = 0; i < t('n', 4); i++) {
        inner: for (const j of [0, 1, 2]) {
          if (t('i', i) === 1) continue outer
          if (j === 1) continue inner
          if (i === 2) break inner
          if (i === 3) break outer
          log(i, j)
        }
        log('after inner', i)
      }
      block: { t('in'); if (t('leave', true)) break block; log('not reached') }
      a: b: c: while (true) { do { if (t('x')) break a } while (true) }
      let n = 0
      again: do { n += 1; if (n < 3) continue again; t('last', n) } while (t('while', n) < 4)
      return n
    `,
  },
  {
    name: 'labelled loops over iterables, with labels of the same name one after another',
    main: `
      const found = []
      next: for (const word of t('words', ['ab', 'cd', 'ae'])) {
        for (const letter of word) { if (letter === t('c')) continue next; if (letter === 'e') break next; found.push(letter) }
      }
      next: for (const k in { x: 1, y: 2 }) { for (;;) { if (t(k) === 'x') continue next; break next } }
      next: { other: for (;;) { break next } }
      if (t('if', 1)) label: for (const x of [1, 2]) { if (x === 1) continue label; found.push(x) } else log('no')
      return found
    `,
  },
  {
    name: 'loops without braces',
    main: `
      for (const x of t('xs', [1, 2])) log(t('x', x))
      for (const x of [3]) for (const y of t('ys', [4, 5])) if (t('y', y) === 4) log(x, y); else log('else')
      for (const k in { a: 1 }) t(k)
      if (t('a', 0)) for (const x of [1]) log('no'); else for (const x of [2]) t('else')
      let n = 2
      while (n--) for (let i = 0; i < n; i++) t('deep', i)
      do for (const z of 'z') t(z); while (t('end', false))
      return n
    `,
  },
  {
    name: 'for-in: over keys, inherited ones, changed ones, none',
    main: `
      const base = { inherited: 1, hidden: 2 }
      const o = Object.create(t('base', base), { own: { value: 1, enumerable: true }, hidden: { value: 1 } })
      for (const k in t('o', o)) log(k)
      for (const k in u('undefined')) log('no')
      for (const k in null) log('no')
      for (const k in 'ab') log(typeof k, k)
      const changing = { a: 1, b: 2, c: 3 }
      for (const k in changing) { log(k); if (t('del', true)) delete changing.b; changing.d = 4 }
      let last
      for (last in { x: 1, y: 2 }) t(last)
      const target = {}
      for (target[t('key')] in { z: 1 }) log(target)
      for (target.p in [5, 6]);
      for (var { length } in { four: 1 }) log(length)
      return [last, target]
    `,
  },
  {
    name: 'switch: discriminant, cases, default in the middle, falling through',
    main: `
      const at = v => {
        switch (t('discriminant', v)) {
          case t('one', 1): log('1')
          case t('two', 2): log('2'); break
          default: log('default')
          case t('three', 3): { log('3'); return 'three' }
          case t('four', 4):
        }
        return 'end'
      }
      for (const v of [1, 2, 3, 4, 5, '1']) log(at(v))
      switch (t('empty')) {}
      switch (t('only default')) { default: t('yes') }
      return 0
    `,
  },
  {
    name: 'switch: its scope, its labels, continue in it',
    main: `
      const at = v => {
        out: switch (v) {
          case 0: let x = t('x', 5); { break out }
          case 1: x = t('late', 6); return x
          case 2: function f() { return 'hoisted ' + g() } const g = () => t('g')
          case 3: return f()
        }
        return 'out'
      }
      log(at(0)); attempt(() => at(1)); log(at(2)); attempt(() => at(3))
      for (const i of [1, 2, 3]) { switch (t('i', i)) { case 2: continue; case 3: break; default: log('one') } log('after', i) }
      switch (true) { case t('first', 1) > 2: log('no'); break; case t('second', 1) < 2: log('yes') }
      return switchInside(3)
      function switchInside(n) { switch (n) { case 0: return 'zero'; default: return switchInside(n - 1) + t('!') } }
    `,
  },
  {
    name: 'blocks, their scopes and functions in them',
    main: `
      let x = t('outer')
      {
        const x = t('inner')
        log(x, f())
        function f() { return x + '!' }
        { let x = t('innermost'); log(x, f()) }
      }
      log(x, typeof f)
      attempt(() => { log(y); let y = t('y') })
      attempt(() => { { z = t('assigned'); const z = 1 } })
      attempt(() => { const c = t('c'); c = t('again') })
      attempt(() => { for (const i = t('i', 0); i < 2; i++) log('body') })
      attempt(() => { const c = 1; c += t('v') })
      attempt(() => { typeof w; let w })
      attempt(() => { class A extends A {} })
      attempt(() => { for (let i of [t('of'), i]) log(i) })
      return x
    `,
  },
  {
    name: 'what a loop does while it waits sees changes made beside it',
    main: `
      const list = [1, 2, 3]
      for (const x of list) { log(x); if (list.length < 5) list.push(t('added', x * 10)) }
      const set = new Set(['a', 'b'])
      for (const x of set) { log(x); set.delete(t('b')); if (set.size < 3) set.add(x + '!') }
      const map = new Map([['k', 1]])
      for (const [k, v] of map) { log(k, v); if (v < 3) map.set(k + t('+'), v + 1) }
      return [list, set, map]
    `,
  },
  {
    name: 'a long loop with a switch in each iteration',
    main: `
      let sum = 0
      const add = x => { sum += x }
      for (let i = 0; i < 300; i++) add(i)
      for (const i of Array.from({ length: 100 }, (_, n) => n)) add(i)
      return sum
    `,
  },
  {
    name: 'loops that return, break and throw from several levels',
    main: `
      const find = (rows, wanted) => {
        for (const row of rows) for (const [n, x] of row.entries()) if (t('seen', x) === wanted) return [n, x]
        return t('nothing')
      }
      log(find([[1, 2], [3, 4]], 3), find([[1]], 2))
      attempt(() => { while (true) { for (const x of [1]) { throw new Error('from ' + t('inside', x)) } } })
      return (() => { for (const k in { a: 1, b: 2 }) { for (let i = 0; ; i++) { if (i === 2) return k + i; if (t('i', i) > 5) break } } })()
    `,
  },
]
