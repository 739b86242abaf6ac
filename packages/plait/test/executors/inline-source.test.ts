import { once } from 'node:events'
import { runInNewContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { describe, expect, test, vi } from 'vitest'
import { inlineSource } from '../../src/executors/inline-source.ts'
import { type Fn, refusal, sloppy, strict } from './inline-functions.ts'

/** What a call comes to, of any color. */
async function outcome(fn: Fn, args: readonly unknown[]): Promise<unknown> {
  const result = await fn(...args)
  const isIterator = typeof result === 'object' && result !== null && 'next' in result
  return isIterator ? [...(result as unknown as Iterable<unknown>)] : result
}

const accepted: [source: string, ...args: unknown[]][] = [
  // Forms
  ['(a, b) => a + b', 1, 2],
  ['a => ({ a })', 1],
  ['() => 1'],
  ['() => { return 1 }'],
  ['() => undefined'],
  ['async (a) => a * 2', 4],
  ['async a => { await null; return a }', 5],
  ['function (a) { return a }', 6],
  ['function named(a) { return a }', 7],
  ['async function later(a) { return await a }', 8],
  ['function* (n) { for (let i = 0; i < n; i++) yield i }', 3],
  ['function* (n) { yield* [n, n]; return n }', 3],
  ['() => 1 // the end'],
  ['(a /* one */, b = /* two */ 2) => /* three */ a + b', 1],
  ['(a         , b         )         => a + b', 1, 2], // types taken out
  ["new Function('a', 'b', 'return a * b')", 3, 4],
  ['{ foo(a) { return a } }.foo', 1],
  ['{ async foo(a) { return a } }.foo', 2],
  ['{ *gen(n) { yield n } }.gen', 3],
  ["{ 'quoted name'(a) { return a } }['quoted name']", 4],
  ['{ 12(a) { return a } }[12]', 5],
  ["{ ['a' + ((b) => '}')()](a) { return a } }['a}']", 6],
  ["{ async ['x' + 1](a) { return a } }.x1", 7],
  ['{ [Symbol.iterator](a) { return a } }[Symbol.iterator]', 8],
  ['{ get(a) { return a } }.get', 9],
  ['{ async(a) { return a } }.async', 10],
  ['{ static(a) { return a } }.static', 11],
  ['{ constructor(a) { return a } }.constructor', 12],
  ["{ ['__proto__'](a) { return a } }.__proto__", 13],
  ['{ function(a) { return a } }.function', 14],
  ["Object.getOwnPropertyDescriptor({ get /* a */ x () { return 15 } }, 'x').get"],
  ["Object.getOwnPropertyDescriptor({ set x(v) { v.push(16) } }, 'x').set", []],
  ['class { static foo(a) { return a } }.foo', 17],
  ['class { #p(a) { return a } static give() { return new this().#p } }.give()', 18],
  ['Object.assign((a) => a, { extra: 1 })', 19],
  ["Object.defineProperty((a) => a, 'name', { value: 5 })", 20],

  // Calling itself
  ['function fact(n) { return n < 2 ? 1 : n * fact(n - 1) }', 5],
  ['(() => { function fact(n) { return n < 2 ? 1 : n * fact(n - 1) } return fact })()', 5],
  ['function* down(n) { yield n; if (n > 0) yield* down(n - 1) }', 3],
  ['(n) => { const fact = n => n < 2 ? 1 : n * fact(n - 1); return fact(n) }', 5],

  // Parameters
  [
    '({ a, b: { c }, ...rest }, [d, , e = 4, ...more]) => [a, c, rest, d, e, more]',
    { a: 1, b: { c: 2 }, z: 3 },
    [5],
  ],
  ['(a, b = a, c = () => a + b) => c()', 2],
  ['(key, { [key]: value, [key + 2]: other = key }) => [value, other]', 'k', { k: 1 }],
  ['(a, ...rest) => rest', 1, 2, 3],

  // Declarations
  ['() => { before = 1; var before; return before }'],
  ['() => { if (true) { var inner = 1 } return inner }'],
  ['() => { for (var i = 0; i < 3; i++); return i }'],
  ['() => { for (var k in { a: 1 }) for (var v of [2]); return [k, v] }'],
  ['() => { try { var tried = 1 } finally {} return tried }'],
  ['() => { return hoisted(); function hoisted() { return 1 } }'],
  ['() => { { function inner() { return 1 } return inner() } }'],
  ['() => { const read = () => late; let late = 2; return read() }'],
  ['() => { class A { static make() { return new A().x } x = 1 } return A.make() }'],
  ['() => (class Named { static own() { return Named.name } }).own()'],
  ['() => { { using file = { [Symbol.dispose]() {} }; return typeof file } }'],
  ['async () => { await using file = { async [Symbol.asyncDispose]() {} }; return typeof file }'],
  ['() => { try { throw [1, { m: 2 }] } catch ([a, { m }]) { return a + m } }'],
  ['() => { try { throw 1 } catch { return 2 } }'],
  ['(x) => { switch (x) { case 1: let a = 1; default: a = 2; return a } }', 1],
  ['() => { const { a, ...rest } = { a: 1, b: 2 }, [c] = [3]; return [a, rest, c] }'],

  // Names that are no variables
  [
    '() => { outer: for (const a of [1, 2]) { for (;;) { if (a === 1) continue outer; break outer } } return 1 }',
  ],
  ['(o) => [o.key, o?.other, o["third"], { key: 1, method() { return 2 }, get got() { return 3 } }.got]', {}],
  [
    '() => { class A { #secret = 1; static #count = 2; has(o) { return #secret in o && o.#secret + A.#count } } const a = new A(); return a.has(a) }',
  ],
  [
    '() => { class A { field = 1; static { this.block = 2 } static block2 = A.block; accessor() { return 3 } } return [A.block, A.block2, new A().field] }',
  ],
  ["() => typeof nowhere === 'undefined' && typeof (nowhere)"],
  ['() => typeof require'],
  ['() => /(?<named>a)/u.exec("a").groups.named'],
  [`(a) => \`x\${a}y\${\`\${a}\`}\``, 1],

  // Assignments
  ['() => { let a, b, rest; [a, ...rest] = [1, 2]; ({ b, c: a = 2 } = { b: 3 }); return [a, b, rest] }'],
  ['(o) => { for (o.x of [1]); for (o.y in { k: 1 }); return o }', {}],

  // What is its own in a function
  ['function () { return arguments.length }', 1, 2],
  ['function () { return (() => arguments[0])() }', 7],
  ['function () { return new.target === undefined }'],
  ['() => ({ own() { return this.x }, x: 1 }).own()'],
  ['() => { class A { x = 1; y = this.x; z = () => this.y } return new A().z() }'],
  [
    '() => { class A { m() { return 1 } } class B extends A { m() { return super.m() + 1 } } return new B().m() }',
  ],
  ['() => { class A { made = new.target; constructor() { this.is = new.target === A } } return new A().is }'],

  // Globals
  ['(x) => Math.max(x, Number.MAX_SAFE_INTEGER, NaN, Infinity)', 1],
  ['() => [undefined, globalThis === global, typeof process.pid, Buffer.from("a").length]'],
  [
    '() => [Uint8Array, structuredClone, queueMicrotask, TextEncoder, AbortController, performance, fetch].length',
  ],
  ['() => [URL.name, navigator.constructor.name, crypto.constructor.name, WebSocket.name]'],
  ["() => eval('1 + 1')"],
  ['() => setTimeout(() => {}, 0).unref().constructor.name'],
]

describe('a function that needs nothing of its surroundings', () => {
  test.each(accepted)('does the same when evaluated from its text: %s', async (source, ...args) => {
    const original = strict(source)
    const { code } = inlineSource(original)
    expect(code).toMatch(/^\(.*\)$/s)
    const copies = [sloppy(code), strict(code)]
    const expected = await outcome(original, structuredClone(args))
    for (const copy of copies) {
      expect(copy).not.toBe(original)
      expect(await outcome(copy, structuredClone(args))).toEqual(expected)
    }
  })

  test('may use every global of a fresh realm, and that realm can evaluate it', () => {
    for (const name of runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[]) {
      const { code } = inlineSource(strict(`() => ${name}`))
      expect(() => runInNewContext(`${code}()`)).not.toThrow()
    }
  })

  test('has undefined for this, where its code is strict', () => {
    for (const source of ['function () { return this }', '{ own() { return this } }.own']) {
      expect(strict(inlineSource(strict(source)).code)()).toBeUndefined()
    }
  })

  test('is named as it was, and a method keeps its name', () => {
    expect(inlineSource(strict('{ add: (a, b) => a + b }.add')).name).toBe('add')
    expect(inlineSource(strict('() => 1')).name).toBe('')
    expect(inlineSource(strict("Object.defineProperty(() => 1, 'name', { value: 5 })")).name).toBe('')
    const { name, code } = inlineSource(strict('{ [Symbol.iterator]() {} }[Symbol.iterator]'))
    expect([name, strict(code).name]).toEqual(['[Symbol.iterator]', '[Symbol.iterator]'])
  })

  test('runs in a worker, which can import', async () => {
    const { code } = inlineSource(
      strict("async (...parts) => (await import('node:path')).posix.join(...parts)"),
    )
    const text = `${code}('a', 'b').then(joined => require('node:worker_threads').parentPort.postMessage(joined))`
    const worker = new Worker(text, { eval: true })
    expect(await once(worker, 'message')).toEqual(['a/b'])
    await worker.terminate()
  })

  test('is read once', () => {
    const add = strict('(a, b) => a + b')
    expect(inlineSource(add)).toBe(inlineSource(add))
  })
})

/** What each uses that it may not, as the message lists it. */
const refused: [source: string, uses: string][] = [
  ['x => x * factor', 'an outer variable, factor'],
  ['x => x * factor + offset', 'outer variables, factor and offset'],
  ['x => c(b(a(x), a))', 'outer variables, c, b and a'],
  ['() => { do a(); while (b) }', 'outer variables, a and b'],
  ['(a = b, { c = d, [e]: f }, ...[g = h]) => i', 'outer variables, b, d, e, h and i'],
  ['(a = late) => { var late; return a }', 'an outer variable, late'],
  [
    '() => { counter += 1; ++total; [first, { a: second }, ...rest.x] = [] }',
    'outer variables, counter, total, first, second and rest',
  ],
  ['() => { ({ short, long: other = value } = {}) }', 'outer variables, short, other and value'],
  [
    '() => ({ short, key: value, [computed]: 1, method() { return inner }, ...spread })',
    'outer variables, short, value, computed, inner and spread',
  ],
  [
    '() => { for (x of list) for (y in object); for (z = 0; ;) break }',
    'outer variables, x, list, y, object and z',
  ],
  [
    '() => { { let a = 1; const b = 2; class C {} function f() {} } return [a, b, C, f] }',
    'outer variables, a, b, C and f',
  ],
  ['() => { for (let i = 0; i < 1; i++); return i }', 'an outer variable, i'],
  ['() => { for (const k of []); return k }', 'an outer variable, k'],
  ['() => { { using u = null } return u }', 'an outer variable, u'],
  ['() => { try {} catch (e) {} return e }', 'an outer variable, e'],
  ['() => { switch (a) { case b: let a, c }; return c }', 'outer variables, a, b and c'],
  ['() => { (function own() {}); (class Own {}); return [own, Own] }', 'outer variables, own and Own'],
  ['() => { function f() { var deep } return deep }', 'an outer variable, deep'],
  ['() => { class A { static { var deep } } return deep }', 'an outer variable, deep'],
  [
    '() => class extends Base { [key] = value; static [other]() { return inner } static { block } }',
    'outer variables, Base, key, value, other, inner and block',
  ],
  [`() => \`\${a}\${tag\`b\${c}\`}\``, 'outer variables, a, tag and c'],
  ['() => [object.a?.[key], new Made(...list)]', 'outer variables, object, key, Made and list'],
  ['() => typeof a.b + typeof a()', 'an outer variable, a'],
  ["() => typeof known === 'undefined' ? 1 : known", 'an outer variable, known'],
  ['() => import(where)', 'an outer variable, where'],
  ['async () => { for await (const a of source) await wait(a) }', 'outer variables, source and wait'],
  ['function* () { yield* sleep(1) }', 'an outer variable, sleep'],
  ['() => toString()', 'an outer variable, toString'],
  ['{ [Symbol.iterator]() { return items } }[Symbol.iterator]', 'an outer variable, items'],
  ['class { static async m() { return items } }.m', 'an outer variable, items'],
  ['() => { return label; label: for (;;) break label }', 'an outer variable, label'],
  ['{ fact: n => n < 2 ? 1 : n * fact(n - 1) }.fact', 'an outer variable, fact'],
  ['{ fact(n) { return n < 2 ? 1 : n * fact(n - 1) } }.fact', 'an outer variable, fact'],
  ["() => require('node:fs')", 'an outer variable, require'],
  [
    '() => [module, exports, __filename, __dirname]',
    'outer variables, module, exports, __filename and __dirname',
  ],
  ['() => arguments.length', 'arguments'],
  ['() => () => [this.a, this.b]', 'this'],
  ['(a = this) => a', 'this'],
  ['() => { class A { [this.key]() { return this } } }', 'this'],
  ['() => typeof this', 'this'],
  ['{ m() { return super.m() } }.m', 'super'],
  ['{ m() { return () => super.m } }.m()', 'super'],
  ['{ m() { return new.target } }.m', 'new.target'],
  ['(function () { return () => new.target })()', 'new.target'],
  ['class { #a = 1; static m(o) { return o.#a } }.m', '#a'],
  ['new class { #a = 1; #b = 2; m = () => #a in this && this.#b }().m', '#a, this and #b'],
  ['x => x * factor + this.y + offset', 'outer variables, factor and offset, and this'],
]

describe('a function that uses its surroundings', () => {
  test.each(refused)('is refused, all that it uses being named: %s', (source, uses) => {
    const { code, message } = refusal(strict(source))
    expect(code).toBe('inlineOuter')
    expect(message).toContain(` uses ${uses}, which a worker does not have: `)
  })

  test('is refused for CommonJS names even if they are global, as for a program from the command line', async () => {
    vi.stubGlobal('require', () => {})
    vi.resetModules()
    const loadedThere = await import('../../src/executors/inline-source.ts')
    vi.unstubAllGlobals()
    expect(() => loadedThere.inlineSource(strict("() => require('node:fs')"))).toThrow('variable, require,')
  })

  test('is refused at each call', () => {
    const scale = strict('x => x * factor')
    expect(refusal(scale).message).toBe(refusal(scale).message)
  })
})
