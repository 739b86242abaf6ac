import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { MisuseError } from '../../src/coroutine.ts'
import { DeadlockError } from '../../src/errors/deadlock-error.ts'
import { BrokenExecutorError, BrokenWorkerError } from '../../src/errors/executor-errors.ts'
import { decodeError, encodeError } from '../../src/executors/error-codec.ts'
import {
  BrokenBarrierError,
  CancelledError,
  ChannelClosedError,
  ExceptionGroup,
  GeneratorExit,
  InvalidStateError,
  QueueEmptyError,
  QueueFullError,
  QueueShutDownError,
  TimeoutError,
} from '../../src/index.ts'
import { arrivals, homeOf, where } from './error-travel.ts'

const errorsOf = (thrown: unknown, ...home: [ReturnType<typeof homeOf>?]): Error[] =>
  arrivals(thrown, ...home).map(arrived => {
    expect(Error.isError(arrived)).toBe(true)
    return arrived as Error
  })

describe('errors that are known everywhere arrive in their class, with message, fields and where they came from', () => {
  const stuck = { task: 'main', coroutine: 'load', location: undefined, waitsFor: 'a lock' }
  const cause = 'the cable'
  const rows: [cls: new (...args: never[]) => Error, made: Error][] = [
    [Error, new Error('plain', { cause })],
    [TypeError, new TypeError('of a type')],
    [RangeError, new RangeError('too far')],
    [SyntaxError, new SyntaxError('')],
    [ReferenceError, new ReferenceError('not there')],
    [EvalError, new EvalError('evil')],
    [URIError, new URIError('%')],
    [AggregateError, new AggregateError([1, 'two'], 'both', { cause })],
    [DOMException, new DOMException('too late', 'AbortError')],
    [BrokenBarrierError, new BrokenBarrierError('reset')],
    [BrokenExecutorError, new BrokenExecutorError('shut down', { cause })],
    [BrokenWorkerError, new BrokenWorkerError('worker 1', 'it died', { exitCode: 3 })],
    [CancelledError, new CancelledError({ because: 'of the rain' })],
    [ChannelClosedError, new ChannelClosedError('closed')],
    [DeadlockError, new DeadlockError([stuck], [['main', 'other']])],
    [ExceptionGroup, new ExceptionGroup('several', [1, 'two'], { cause })],
    [GeneratorExit, new GeneratorExit('closed')],
    [InvalidStateError, new InvalidStateError('not done')],
    [MisuseError, new MisuseError('aCode', 'not like this')],
    [QueueEmptyError, new QueueEmptyError('empty')],
    [QueueFullError, new QueueFullError('full')],
    [QueueShutDownError, new QueueShutDownError('shut')],
    [TimeoutError, new TimeoutError(undefined, { cause })],
  ]
  if (typeof SuppressedError === 'function')
    rows.push([SuppressedError, new SuppressedError('new', 'old', 'two at once')])

  test.each(rows)('%o', (cls, made) => {
    for (const error of errorsOf(made)) {
      expect(error).not.toBe(made)
      expect(Object.getPrototypeOf(error)).toBe(cls.prototype)
      const { stack: _, ...fields } = Object.getOwnPropertyDescriptors(error)
      const { stack: __, ...wanted } = Object.getOwnPropertyDescriptors(made)
      expect(fields).toEqual(wanted)
      expect([error.name, error.message, String(error)]).toEqual([made.name, made.message, String(made)])
    }
  })

  test('with what they keep to themselves', () => {
    for (const error of errorsOf(new DeadlockError([stuck], [['main', 'other']]))) {
      const { tasks, circles } = error as DeadlockError
      expect([tasks, circles]).toEqual([[stuck], [['main', 'other']]])
    }
    for (const error of errorsOf(new DOMException('too late', 'AbortError')))
      expect((error as DOMException).code).toBe(DOMException.ABORT_ERR)
    const inner = new ExceptionGroup('inner (2 errors: none)', [new RangeError('b'), new TypeError('c')])
    for (const error of errorsOf(new ExceptionGroup('outer', [new TypeError('a'), inner]))) {
      const [types, others] = (error as ExceptionGroup).split(TypeError)
      expect(types).toMatchObject({
        message: 'outer (2 errors: TypeError, ExceptionGroup)',
        errors: [{ message: 'a' }, { message: 'inner (2 errors: none) (1 error: TypeError)' }],
      })
      expect(others?.leaves()).toMatchObject([{ message: 'b' }])
    }
  })

  test('from another realm too', () => {
    const foreign = runInNewContext(
      'class Odd extends RangeError {}; new Odd("far", { cause: new TypeError("type") })',
    )
    expect(foreign).not.toBeInstanceOf(Error)
    for (const error of errorsOf(foreign)) {
      expect(error).toBeInstanceOf(RangeError)
      expect([error.constructor.name, error.message]).toEqual(['Odd', 'far'])
      expect(Object.getPrototypeOf(error.cause)).toBe(TypeError.prototype)
    }
  })
})

describe("the user's classes", () => {
  let constructed = 0
  class HttpError extends Error {
    readonly status: number
    override name = 'HttpError'
    constructor(status: number, url: URL) {
      super(`status ${status} of ${url.href}`) // Would throw for a constructor without arguments.
      this.status = status
      constructed += 1
    }
  }
  class NotFound extends HttpError {
    constructor(url: URL) {
      super(404, url)
    }
    get isTemporary(): boolean {
      return this.status >= 500
    }
  }
  class Late extends TimeoutError {}
  Late.prototype.name = 'TooLate'
  class Several extends ExceptionGroup {}
  const url = new URL('http://a/')

  test('that a home knows arrive as themselves, without their constructor', () => {
    const home = homeOf({ HttpError, NotFound })
    const made = new NotFound(url)
    constructed = 0
    for (const error of errorsOf(made, home)) {
      expect(Object.getPrototypeOf(error)).toBe(NotFound.prototype)
      expect(error).toMatchObject({ status: 404, name: 'HttpError', isTemporary: false })
      expect(error.message).toBe('status 404 of http://a/')
    }
    expect(constructed).toBe(0)
  })

  test('that are unknown extend the nearest that is known, and are one class however often they come', () => {
    const home = homeOf({ HttpError })
    const [first, second] = errorsOf(new NotFound(url), home)
    expect(first?.constructor).toBe(second?.constructor)
    expect(first?.constructor).not.toBe(NotFound)
    expect(first?.constructor.name).toBe('NotFound')
    expect(first).toBeInstanceOf(HttpError)
    for (const error of errorsOf(new NotFound(url))) {
      expect(error).not.toBeInstanceOf(HttpError)
      expect(error.name).toBe('HttpError')
      expect(error.constructor.name).toBe('NotFound')
      expect(Object.getPrototypeOf(error.constructor).name).toBe('HttpError')
      expect(Object.getPrototypeOf(Object.getPrototypeOf(error.constructor))).toBe(Error)
    }
  })

  test('that extend one of the library are caught by it, and can do what it can', () => {
    for (const error of errorsOf(new Late('late'))) {
      expect(error).toBeInstanceOf(TimeoutError)
      expect([error.name, error.constructor.name, Object.keys(error)]).toEqual(['TooLate', 'Late', []])
    }
    for (const error of errorsOf(new Several('several', [1]))) {
      expect(error.constructor.name).toBe('Several')
      expect((error as ExceptionGroup).leaves()).toEqual([1])
      expect((error as ExceptionGroup).filter(item => item === 1)).toBe(error)
    }
  })

  test.each([
    ['knows nothing', { nameOf: () => undefined, classOf: () => undefined }],
    ['knows it on one side only', { nameOf: () => 'Late', classOf: () => undefined }],
    ['gives what is no class of errors', { nameOf: () => 'Late', classOf: () => () => 1 }],
    [
      'throws',
      {
        nameOf: () => 'Late',
        classOf: () => {
          throw new Error('home alone')
        },
      },
    ],
    [
      'throws when asked for a name',
      {
        nameOf: () => {
          throw new Error('home alone')
        },
        classOf: () => Late,
      },
    ],
  ])('keep their nature where the home %s', (_what, home) => {
    for (const error of errorsOf(new Late('late'), home)) {
      expect([error.name, error.constructor.name, error.message]).toEqual(['TooLate', 'Late', 'late'])
      expect(error).toBeInstanceOf(TimeoutError)
    }
  })
})

describe('what is thrown and is no error', () => {
  test.each([
    ['a text', 'stop'],
    ['undefined', undefined],
    ['null', null],
    ['a number that is none', Number.NaN],
    ['a negative zero', -0],
    ['a bigint', 10n],
    ['an object', { code: 5, list: [1, { deep: new Map([[1, new Set([2])]]) }] }],
    ['a date', new Date(0)],
  ])('%s arrives as itself', (_what, thrown) => {
    expect(arrivals(thrown)).toStrictEqual([thrown, thrown])
  })

  function* numbers(): Generator<number> {
    yield 1
  }
  let deep: object = {}
  for (let i = 0; i < 300; i += 1) deep = { deep }
  test.each([
    ['a function', numbers, 'function numbers'],
    ['a symbol', Symbol('stop'), 'Symbol(stop)'],
    ['a generator', numbers(), 'a generator'],
    ['a promise', Promise.resolve(), 'a Promise'],
    ['a URL', new URL('http://a/'), 'a URL'],
    ['an object that holds a function', [numbers], 'an array of 1'],
    ['shared memory, which leaves no process', new SharedArrayBuffer(1), 'a SharedArrayBuffer'],
    ['what nests so deep that there may be no stack for it elsewhere', deep, `{${'"deep":{'.repeat(7)}"d…`],
  ])('%s cannot be cloned, and an error says so', (_what, thrown, shown) => {
    const message = `what was thrown cannot be sent from ${where}: ${shown}`
    for (const error of errorsOf(thrown)) {
      expect(error.message).toBe(message)
      expect(error.stack).toBe(`Error: ${message}\n    at ${where}`)
    }
  })
})

describe('what errors carry', () => {
  const carried = (key: string, value: unknown): unknown[] =>
    errorsOf(Object.assign(new Error('carries'), { [key]: value })).map(
      error => (error as unknown as Record<string, unknown>)[key],
    )
  const shared = { a: 1 }

  test.each([
    ['of its own class and fields', 'inner', Object.assign(new QueueFullError('full'), { size: 5 })],
    ['under any key', '__other key', 5],
    ['in a list of members', 'errors', [new TypeError('one'), { path: 'a.b' }, undefined]],
    ['as a message that is no text', 'message', { text: 'no text' }],
    ['as a name that is no text', 'name', 17],
  ])('arrives %s', (_what, key, value) => {
    expect(carried(key, value)).toEqual([value, value])
  })

  test.each([
    ['a function', function onDone() {}, 'function onDone'],
    ['an object with a function in it', [() => 1], 'an array of 1'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['a Proxy', new Proxy([], {}), 'an array of 0'],
  ])('and cannot be cloned, %s, is a text that shows it', (_what, value, shown) => {
    expect(carried('extra', value)).toEqual([shown, shown])
  })

  test('and was thrown, but cannot be cloned, is an error that says so', () => {
    const message = `what was thrown cannot be sent from ${where}: function f`
    const f = (): void => {}
    for (const error of errorsOf(new AggregateError([f, 1], 'two', { cause: f })) as AggregateError[])
      expect([error.cause, ...error.errors]).toEqual([new Error(message), new Error(message), 1])
  })

  test('by a getter arrives as a value, and as a text where that throws', () => {
    const error = Object.defineProperties(new Error('gets'), {
      good: { get: () => 5, enumerable: true },
      bad: {
        get: () => {
          throw new TypeError('no')
        },
      },
    })
    for (const arrived of errorsOf(error)) {
      const { good, bad } = Object.getOwnPropertyDescriptors(arrived) as Record<string, PropertyDescriptor>
      expect(good).toEqual({ value: 5, enumerable: true, writable: true, configurable: true })
      expect(bad).toEqual({
        value: 'threw TypeError: no',
        enumerable: false,
        writable: true,
        configurable: true,
      })
    }
  })

  test('in the place of a method leaves the method as it is', () => {
    for (const error of errorsOf(Object.assign(new Error('shown'), { toString: () => 'odd' })))
      expect(String(error)).toBe('Error: shown')
  })

  test('twice is one object again', () => {
    const error = Object.assign(new Error('a', { cause: Object.assign(new Error('b'), { shared }) }), {
      shared,
    })
    for (const { shared: one, cause } of errorsOf(error) as (Error & {
      shared: object
      cause: typeof error
    })[]) {
      expect(one).toEqual(shared)
      expect(cause.shared).toBe(one)
    }
  })

  test('in the fields of plain objects arrives as a clone has it', () => {
    class Odd extends RangeError {}
    for (const error of errorsOf(Object.assign(new Error('a'), { inside: { odd: new Odd('b') } }))) {
      const { odd } = (error as unknown as { inside: { odd: Error } }).inside
      expect(odd).toBeInstanceOf(Error)
      expect(odd.message).toBe('b')
    }
  })
})

describe('names and messages', () => {
  class GetsName extends Error {
    override get name(): string {
      return `Gets${this.message}`
    }
  }
  class HidesMessage extends Error {
    #hidden = 'hidden'
    override get message(): string {
      return this.#hidden
    }
  }
  const withoutMessage = new Error('gone')
  delete (withoutMessage as Partial<Error>).message
  test.each([
    ['by a getter of the class', new GetsName('Name')],
    ['by a getter that reads what only a constructor makes', new HidesMessage()],
    ['of its own', Object.assign(new Error('a'), { name: 'Named' })],
    ['taken away', withoutMessage],
    [
      'without prototype',
      Object.setPrototypeOf(Object.assign(new Error('bare'), { name: 'Bare' }), null) as Error,
    ],
    [
      'made without a constructor',
      Object.assign(Object.create(TypeError.prototype), { message: 'made' }) as Error,
    ],
  ])('%s arrive', (_what, made) => {
    for (const home of [undefined, homeOf({ GetsName, HidesMessage })])
      for (const error of errorsOf(made, home))
        expect([error.name, error.message]).toEqual([made.name, made.message])
  })
})

describe('graphs', () => {
  test('of 10,000 causes, each a member of a group as well, arrive whole', () => {
    let last: Error = new Error('0')
    for (let n = 1; n < 10_000; n += 1) last = new AggregateError([last], `${n}`, { cause: last })
    for (const arrived of errorsOf(last)) {
      let error = arrived
      const messages: string[] = []
      for (; error instanceof AggregateError && error.errors[0] === error.cause; error = error.cause as Error)
        messages.push(error.message)
      expect(messages).toEqual(Array.from({ length: 9999 }, (_, n) => `${9999 - n}`))
      expect([error.message, error.cause]).toEqual(['0', undefined])
    }
  })

  test('that go in a circle arrive in a circle', () => {
    const a = new Error('a')
    const group = new ExceptionGroup<unknown>('group', [a])
    a.cause = group
    group.errors.push(group)
    group.cause = group
    for (const arrived of errorsOf(a)) {
      const found = arrived.cause as ExceptionGroup
      expect(found.errors).toEqual([arrived, found])
      expect(found.cause).toBe(found)
      expect(found.errors[0]).toBe(arrived)
    }
  })
})

describe('nothing that is thrown breaks the way', () => {
  const fail = (): never => {
    throw new Error('trap')
  }
  const traps: (keyof ProxyHandler<object>)[] = [
    ...(['get', 'has', 'ownKeys', 'getOwnPropertyDescriptor', 'getPrototypeOf'] as const),
  ]
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  const nameless = Object.defineProperty(() => {}, 'name', { get: fail })
  const hostile: [what: string, thrown: unknown][] = [
    ...traps.map((trap): [string, unknown] => [
      `error, ${trap}`,
      new Proxy(new Error('e'), { [trap]: fail }),
    ]),
    ...traps.map((trap): [string, unknown] => [`object, ${trap}`, new Proxy({}, { [trap]: fail })]),
    [
      'a Proxy among prototypes',
      Object.setPrototypeOf(new Error('e'), new Proxy(Error.prototype, { getPrototypeOf: fail })),
    ],
    ['a revoked Proxy', revoked.proxy],
    ['a function without a name', nameless],
    ...['name', 'message', 'stack', 'cause', 'errors', 'constructor'].map((key): [string, unknown] => [
      `an error whose ${key} throws`,
      Object.defineProperty(new Error('e'), key, { get: fail }),
    ]),
    ['an error whose errors are a revoked Proxy', Object.assign(new Error('e'), { errors: revoked.proxy })],
    ['a class without a name', new (class extends Error {})('e')],
    [
      'a class whose name throws',
      new (Object.defineProperty(class extends Error {}, 'name', { get: fail }))('e'),
    ],
    ['a deadlock that is none', Object.create(DeadlockError.prototype)],
    ['a group that is none', Object.create(ExceptionGroup.prototype)],
    ['an exception of the DOM that is none', Object.create(DOMException.prototype)],
  ]
  test.each(hostile)('%s', (_what, thrown) => {
    for (const holder of [
      thrown,
      new Error('holds', { cause: thrown }),
      Object.assign(new Error('has'), { thrown }),
    ])
      for (const error of errorsOf(holder)) expect(error.stack).toContain(`\n    at ${where}`)
  })
})

test('a Proxy in what an error carries is left alone', () => {
  const touched: string[] = []
  const touch = (trap: string) => () => {
    touched.push(trap)
    return []
  }
  const inside = [new Proxy({}, { get: touch('get'), ownKeys: touch('ownKeys') })]
  for (const error of errorsOf(Object.assign(new Error('holds'), { inside })))
    expect(error).toMatchObject({ inside: 'an array of 1' })
  expect(touched).toEqual([])
})

test('an error that carries a closed port does not end the process', async () => {
  const { port1: port, port2 } = new MessageChannel()
  const closed = new Promise(resolve => port2.addEventListener('close', resolve))
  port.close()
  await closed
  for (const error of errorsOf(Object.assign(new Error('gone'), { port, inside: [{ port }] })))
    expect(error).toMatchObject({ port: 'a MessagePort', inside: 'an array of 1' })
})

test('the stack is a text that can be written to and is not listed, with where it came from and the frames there', () => {
  const made = new RangeError('too far')
  for (const error of errorsOf(made)) {
    const [title, ...frames] = made.stack?.split('\n') ?? []
    expect(frames.length).toBeGreaterThan(0)
    const value = [title, `    at ${where}`, ...frames].join('\n')
    const descriptor = Object.getOwnPropertyDescriptor(error, 'stack')
    expect(descriptor).toEqual({ value, enumerable: false, writable: true, configurable: true })
  }
})

test('an error that comes from worker to worker tells every one of them', () => {
  const made = new RangeError('too far')
  made.stack = 'RangeError: too far\n    at step (file:///a.ts:1:1)'
  const inner = decodeError(encodeError(made), 'worker 1 of pool "inner"')
  expect((decodeError(encodeError(inner), where) as Error).stack).toBe(
    `RangeError: too far\n    at ${where}\n    at worker 1 of pool "inner"\n    at step (file:///a.ts:1:1)`,
  )
})
