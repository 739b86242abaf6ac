import { remote } from '../../../src/executors.ts'

/** Computes for so long, and gives a value back. */
export const spinFor = remote(import.meta.url, function spinFor<T>(ms: number, value: T): T {
  const end = performance.now() + ms
  while (performance.now() < end);
  return value
})
