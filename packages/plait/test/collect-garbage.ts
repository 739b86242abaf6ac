import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Collects garbage and lets finalizers run, until the condition holds; false if it never does. */
export async function collectUntil(condition: () => boolean): Promise<boolean> {
  for (let attempt = 0; attempt < 30; attempt += 1) {
    // What a weak reference was asked for is kept until the job that asked has ended; finalizers are jobs of their own.
    await new Promise(resolve => setImmediate(resolve))
    collect()
    await new Promise(resolve => setImmediate(resolve))
    if (condition()) return true
  }
  return false
}

/** Collects garbage now. */
export const collectGarbage: () => void = collect
