import { expect, test } from 'vitest'
import { BrokenExecutorError, BrokenWorkerError } from '../../src/errors/executor-errors.ts'

test.each([
  ['nothing more', {}, ['worker']],
  ['an exit code', { exitCode: 0 }, ['worker', 'exitCode']],
  ['a signal', { signal: 'SIGKILL', exitCode: undefined }, ['worker', 'signal']],
])('a broken worker of which is known %s has fields for that alone', (_what, options, fields) => {
  const error = new BrokenWorkerError('worker 2 of pool "hash"', 'it died', options)
  expect(error).toMatchObject({
    name: 'BrokenWorkerError',
    message: 'it died',
    worker: 'worker 2 of pool "hash"',
  })
  expect(error).toMatchObject(
    Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  )
  expect(Object.keys(error)).toEqual(fields)
  expect('cause' in error).toBe(false)
})

test('both tell their cause and their name', () => {
  const cause = new Error('out of memory')
  for (const error of [
    new BrokenWorkerError('worker 1', 'no', { cause }),
    new BrokenExecutorError('no', { cause }),
  ]) {
    expect(error.cause).toBe(cause)
    expect(String(error)).toBe(`${error.constructor.name}: no`)
  }
})
