import { expect, onTestFinished, test } from 'vitest'
import { run, until } from '../../src/index.ts'

/** Keeps the thread longer than a turn may take, so that the next wait lets the host in before it begins. */
function compute(): void {
  for (const start = performance.now(); performance.now() - start < 60; );
}

test('a promise that has failed already is heard though the wait for it lets the host in first', async () => {
  const unheard: unknown[] = []
  const listener = (error: unknown): void => void unheard.push(error)
  process.on('unhandledRejection', listener)
  onTestFinished(() => void process.off('unhandledRejection', listener))
  const caught = await run(function* () {
    compute()
    try {
      return yield* until(Promise.reject(new RangeError('too far')))
    } catch (error) {
      return error
    }
  })
  expect(String(caught)).toBe('RangeError: too far')
  await new Promise(resolve => setImmediate(resolve))
  expect(unheard).toEqual([])
})
