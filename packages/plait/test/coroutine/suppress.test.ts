import { describe, expect, test } from 'vitest'
import {
  CancelledError,
  closing,
  coroutine,
  ExceptionGroup,
  ExitStack,
  GeneratorExit,
  nullcontext,
  suppress,
} from '../../src/index.ts'
import { causes } from './exit-programs.ts'
import { errorOf } from './thrown.ts'

const throwing = (error: unknown) => () => {
  throw error
}

describe('suppress', () => {
  test('swallows errors of its classes and their subclasses, and no others', () => {
    class Missing extends RangeError {}
    expect(suppress(RangeError, TypeError).with(throwing(new Missing()))).toBeUndefined()
    expect(suppress(RangeError, TypeError).with(throwing(new TypeError()))).toBeUndefined()
    const other = new Error('other')
    expect(errorOf(() => suppress(RangeError).with(throwing(other)))).toBe(other)
    expect(errorOf(() => suppress().with(throwing(other)))).toBe(other)
    expect(errorOf(() => suppress(Error).with(throwing('a text')))).toBe('a text')
    expect(suppress(RangeError).with(() => 5)).toBe(5)
  })

  test('swallows what ends a coroutine only where that is named', () => {
    class OwnCancel extends CancelledError {}
    for (const signal of [new CancelledError(), new OwnCancel(), new GeneratorExit()]) {
      expect(errorOf(() => suppress(Error).with(throwing(signal)))).toBe(signal)
      expect(errorOf(() => suppress(Object as never).with(throwing(signal)))).toBe(signal)
    }
    expect(suppress(CancelledError).with(throwing(new CancelledError()))).toBeUndefined()
    expect(suppress(CancelledError).with(throwing(new OwnCancel()))).toBeUndefined()
    expect(suppress(RangeError, OwnCancel).with(throwing(new OwnCancel()))).toBeUndefined()
    const cancel = new CancelledError()
    expect(errorOf(() => suppress(OwnCancel).with(throwing(cancel)))).toBe(cancel)
  })

  test('lets a coroutine be closed', () => {
    const held = coroutine(function* (): Generator<number, void, unknown> {
      yield* suppress(Error).with(function* (): Generator<number, void, unknown> {
        yield 1
      })
      yield 2
    })()
    held.next()
    held.close()
    expect(held.state).toBe('closed')
  })

  test('takes out of a group what matches, and throws the rest', () => {
    const [range, type] = [new RangeError('range'), new TypeError('type')]
    const inner = new ExceptionGroup('inner', [range, type])
    const group = new ExceptionGroup('outer', [inner, range])
    expect(suppress(RangeError, TypeError).with(throwing(group))).toBeUndefined()
    const rest = errorOf(() => suppress(RangeError).with(throwing(group))) as ExceptionGroup
    expect(rest.leaves()).toEqual([type])
    expect(rest.cause).toBe(group)
    expect(errorOf(() => suppress(EvalError).with(throwing(group)))).toBe(group)
    expect(suppress(ExceptionGroup).with(throwing(group))).toBeUndefined()
    const cancel = new CancelledError()
    const mixed = new ExceptionGroup('mixed', [range, cancel])
    const kept = errorOf(() => suppress(Error).with(throwing(mixed))) as ExceptionGroup
    expect(kept.leaves()).toEqual([cancel])
  })

  test('may be used again and in stacks', () => {
    const quiet = suppress(RangeError)
    for (let i = 0; i < 2; i += 1) expect(quiet.with(throwing(new RangeError()))).toBeUndefined()
    const ended = new ExitStack().with(stack => {
      stack.enter(quiet)
      stack.callback(throwing(new RangeError()))
      return 'body'
    })
    expect(ended).toBe('body')
  })
})

describe('closing', () => {
  test('closes, whatever the body ended with, and swallows nothing', () => {
    const log: string[] = []
    const thing = { close: () => log.push('closed') > 0 }
    expect(closing(thing).with(it => it === thing)).toBe(true)
    expect(errorOf(() => closing(thing).with(throwing('no')))).toBe('no')
    {
      using entered = closing(thing).enter()
      expect(entered.value).toBe(thing)
      entered[Symbol.dispose]()
    }
    expect(log).toEqual(['closed', 'closed', 'closed'])
  })

  test('that fails to close throws that, with the error of the body as its cause', () => {
    const thing = { close: throwing(new Error('stuck')) }
    expect(causes(errorOf(() => closing(thing).with(throwing(new Error('body')))))).toEqual(['stuck', 'body'])
  })
})

test('nullcontext gives its value and lets everything pass', () => {
  expect(nullcontext(5).with(value => value + 1)).toBe(6)
  expect(nullcontext().with(value => value)).toBeUndefined()
  expect(errorOf(() => nullcontext(5).with(throwing('no')))).toBe('no')
  using stack = new ExitStack()
  expect(stack.enter(nullcontext('x'))).toBe('x')
})
