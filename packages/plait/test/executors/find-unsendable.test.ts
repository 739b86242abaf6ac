import { createServer } from 'node:net'
import { serialize } from 'node:v8'
import { markAsUncloneable } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { findUnsendable } from '../../src/executors/find-unsendable.ts'

const f = (): void => {}
const fail = (): never => {
  throw new TypeError('no')
}

describe('by kind: what cannot be cloned is named where it stands', () => {
  const detached = new ArrayBuffer(8)
  const view = new Uint8Array(detached)
  structuredClone(detached, { transfer: [detached] })
  const shrunk = new ArrayBuffer(8, { maxByteLength: 8 })
  const outside = new DataView(shrunk, 4, 4)
  shrunk.resize(2)
  class Fetcher extends Promise<void> {}
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  function* count(): Generator<number> {
    yield 1
  }
  const rows: [what: string, value: unknown][] = [
    ['function f', f],
    ['function Fetcher', Fetcher],
    ['Symbol(s)', Symbol('s')],
    ['a Symbol', Object(Symbol('s'))],
    ['a WeakMap', new WeakMap()],
    ['a WeakSet', new WeakSet()],
    ['a WeakRef', new WeakRef(f)],
    ['a FinalizationRegistry', new FinalizationRegistry(f)],
    ['a Promise', Promise.resolve()],
    ['a Fetcher', Fetcher.resolve()],
    ['a generator', count()],
    ['a Promise', Object.assign(Promise.resolve(), { extra: 1 })],
    ['a WeakSet', Object.assign(new WeakSet(), { extra: 1 })],
    ['a Proxy', new Proxy({ a: 1 }, {})],
    ['a Proxy', new Proxy([], { get: fail, ownKeys: fail, getPrototypeOf: fail })],
    ['a Proxy', revoked.proxy],
    ['function (without a name)', new Proxy(() => {}, { get: (_target, key) => (key === 'name' ? '' : 1) })],
    ['a function', new Proxy(f, { get: fail })],
    [
      'an arguments object',
      (function args(..._: unknown[]) {
        // biome-ignore lint/complexity/noArguments: the very thing
        return arguments
      })(1),
    ],
    ['a URL', new URL('http://a/')],
    ['a Headers', new Headers()],
    ['a ReadableStream', new ReadableStream()],
    ['a MessagePort', new MessageChannel().port1],
    ['a NumberFormat', new Intl.NumberFormat()],
    ['a ArrayBuffer', detached],
    ['a Uint8Array', view],
    ['a DataView', outside],
  ]
  test.each(rows)('%s', (what, value) => {
    expect(() => structuredClone(value)).toThrow()
    expect(findUnsendable(value, 'it')).toEqual({ path: 'it', what })
    const around = { before: [1, new Date(), new Map([[1, 2]])], rows: [0, [], { db: value }], after: f }
    expect(findUnsendable(around, 'result')).toEqual({ path: 'result.rows[2].db', what })
  })
})

test('a port that is closed is named, and not cloned: that would end the process', async () => {
  const { port1, port2 } = new MessageChannel()
  const closed = new Promise(resolve => {
    port2.addEventListener('close', resolve)
  })
  port1.close()
  await closed
  for (const port of [port1, Object.assign(port2, { extra: 1 })])
    expect(findUnsendable({ port }, 'it')).toEqual({ path: 'it.port', what: 'a MessagePort' })
})

test('what only a clone tells is found where nothing is known by its kind', () => {
  const marked = { marked: true, inside: { a: 1 } }
  markAsUncloneable(marked)
  const rows: [what: string, value: unknown][] = [
    ['a Server', createServer()],
    ['{"marked":true,"inside":{"a":1}}', marked],
  ]
  for (const [what, value] of rows) {
    const around = { before: [1, { a: new Date() }], rows: [0, { db: value }], after: { b: 1 } }
    expect(findUnsendable(around, 'result')).toEqual({ path: 'result.rows[1].db', what })
    expect(findUnsendable({ ...around, after: f }, 'result')?.path).toBe('result.after')
  }
})

describe('the path', () => {
  class Row {
    id = 1
    readonly #db = f
    db: unknown = this.#db
  }
  const circle: Record<string, unknown> = { a: [] }
  Object.assign(circle, { circle, a: [circle, new Map([[circle, circle]])], z: f })
  const key = { f }
  const rows: [path: string, value: unknown][] = [
    ['', f],
    ['.a.b', { a: { b: f } }],
    ['[1].onDone', [{ id: 1 }, { onDone: f }]],
    ['["my key"]', { 'my key': f }],
    ['["a\\"b"]', { 'a"b': f }],
    ['[""]', { '': f }],
    ['["1a"]', { '1a': f }],
    ['.größe', { größe: f }],
    ['.$_', { $_: f }],
    ['[7]', { 7: f }],
    ['["-1"]', { '-1': f }],
    ['["007"]', { '007': f }],
    ['[4000000000]', Object.assign([], { 4000000000: f })],
    ['.extra', Object.assign([1], { extra: f })],
    ['.__proto__', JSON.parse('{"__proto__":[]}', (_, value) => (Array.isArray(value) ? f : value))],
    ['.get("key").a', new Map([['key', { a: f }]])],
    ['.get(5)', new Map([[5, f]])],
    [
      '.values()[1]',
      new Map<unknown, unknown>([
        [1, 1],
        [{}, f],
      ]),
    ],
    [
      '.keys()[1].f',
      new Map<unknown, unknown>([
        [1, 1],
        [key, f],
      ]),
    ],
    ['.values()[2]', new Set([1, 2, f])],
    ['.db', new Row()],
    ['.cause.cause.f', new Error('a', { cause: new Error('b', { cause: { f } }) })],
    ['.z', circle],
    ['.a', { a: f, b: f }],
    ['.b.c', { a: {}, b: { c: f }, d: f }],
    ['.two', { one: { f: 1 }, two: Symbol('s'), three: f }],
  ]
  test.each(rows)('of %s', (path, value) => {
    expect(() => structuredClone(value)).toThrow('could not be cloned')
    expect(findUnsendable(value, 'root')?.path).toBe(`root${path}`)
  })

  test.each([
    [
      '.a.b',
      'a getter that throws TypeError: no',
      { a: Object.defineProperty({}, 'b', { get: fail, enumerable: true }) },
    ],
    [
      '[0]',
      'a getter that throws TypeError: no',
      Object.defineProperty([1], 0, { get: fail, enumerable: true }),
    ],
    [
      '.message',
      'a getter that throws TypeError: no',
      Object.defineProperty(new Error(), 'message', { get: fail }),
    ],
    ['.name', 'Symbol(s)', Object.assign(new Error(), { name: Symbol('s') })],
  ])('of %s, %s', (path, what, value) => {
    expect(() => structuredClone(value)).toThrow(TypeError)
    expect(findUnsendable(value, 'root')).toEqual({ path: `root${path}`, what })
  })
})

test.each([
  ['a primitive', 5n],
  ['plain data', { a: [1, { b: null }], c: new Map([[{}, new Set([new Date()])]]), d: /x/ }],
  [
    'symbol keys, hidden fields and methods',
    Object.defineProperty({ [Symbol('s')]: f }, 'hidden', { value: f }),
  ],
  [
    'what structured clone leaves out',
    [
      Object.assign(new Error(), { f }),
      Object.assign(new Map(), { f }),
      Object.assign(new Date(), { f }),
      Object.assign(new String('a'), { f }),
    ],
  ],
  ['a cause by a getter, which is not read', Object.defineProperty(new Error(), 'cause', { get: fail })],
  [
    'objects that are cloned whole',
    [new Blob(['a']), new DOMException('a'), new SharedArrayBuffer(1), new Uint8Array(3), new Uint8Array(0)],
  ],
  ['an instance without fields', new (class Empty {})()],
])('%s can be sent', (_what, value) => {
  structuredClone(value)
  expect(findUnsendable(value, 'it')).toBeUndefined()
})

test('what nests too deep is not said to be something that cannot be cloned', () => {
  let value: object = {}
  for (let i = 0; i < 5000; i += 1) value = { value }
  expect(() => structuredClone(value)).toThrow(RangeError)
  expect(findUnsendable(value, 'it')).toBeUndefined()
  expect(findUnsendable([value, f], 'it')?.path).toBe('it[1]')
})

describe('canClone', () => {
  test('says what else cannot be sent', () => {
    const canSerialize = (value: unknown): boolean => serialize(value).length > 0
    const memory = new SharedArrayBuffer(1)
    expect(findUnsendable({ a: { memory } }, 'it', canSerialize)).toEqual({
      path: 'it.a.memory',
      what: 'a SharedArrayBuffer',
    })
    const noDates = (value: unknown): boolean => !JSON.stringify(value).includes('1970')
    expect(findUnsendable({ a: [{ at: new Date(0) }, 1] }, 'it', noDates)?.path).toBe('it.a[0].at')
  })

  test('that throws says no', () => {
    expect(findUnsendable([new Date(0)], 'it', fail)?.path).toBe('it[0]')
  })

  test('is not asked of what its kind tells: a million items are looked at once', () => {
    let asked = 0
    const canClone = (): boolean => {
      asked += 1
      return true
    }
    const many: unknown[] = Array.from({ length: 1_000_000 }, (_, n) => n)
    many.push({ id: 1, tags: ['a'], at: new Date(), bytes: new Uint8Array(8) }, f)
    expect(findUnsendable(many, 'rows', canClone)).toEqual({ path: 'rows[1000001]', what: 'function f' })
    expect(asked).toBe(0)
    many.pop()
    expect(findUnsendable(many, 'rows', canClone)).toBeUndefined()
    expect(asked).toBe(1)
  })
})
