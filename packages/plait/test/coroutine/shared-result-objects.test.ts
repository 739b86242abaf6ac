import { expect, test } from 'vitest'
import { coroutine } from '../../src/coroutine.ts'

type Two = Generator<unknown, void, unknown>

test('an iterator that uses one result object again and again gives the same values through any driver', () => {
  const endless = (): Iterable<number> => ({ [Symbol.iterator]: () => ({ next: () => shared }) })
  const shared = { done: false, value: 7 }
  const child = coroutine(function* child(): Two {
    yield* endless()
  })
  function* raw(): Two {
    yield* child()
  }
  const byValue = raw()
  expect(byValue.next().value).toBe(7)
  expect(byValue.next().value).toBe(7)
  const other = coroutine(function* other(): Two {
    try {
      yield* endless()
    } finally {
      yield 'mine'
    }
  })()
  expect(other.next().value).toBe(7)
  expect(other.awaiting).toBeUndefined()
  expect(other.throw(new Error('x')).value).toBe('mine')
  byValue.return(undefined)
})
