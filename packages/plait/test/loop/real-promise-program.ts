import { readFile } from 'node:fs/promises'
import { createTask, getEventLoop, minutes, sleep, timeout, until } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

/**
 * Real promises under virtual time, in a process that has nothing else under way: the runtime sees what the host is
 * busy with by kind and number alone, and a test runner has timers of its own that come and go.
 */
export const real: Record<string, () => PromiseLike<unknown>> = {
  'a timer': () => new Promise(resolve => setTimeout(resolve, 20)),
  'two timers in turn': async () => {
    await new Promise(resolve => setTimeout(resolve, 5))
    await new Promise(resolve => setTimeout(resolve, 5))
  },
  'an immediate': () => new Promise(resolve => setImmediate(resolve)),
  microtasks: async () => {
    for (let n = 0; n < 1000; n += 1) await null
  },
  'reading a file': () => readFile(import.meta.filename),
}

function begin(what: string): PromiseLike<unknown> {
  return real[what]?.() ?? Promise.reject(new Error(`there is no ${what}`))
}

/** The virtual time at which each way of waiting for it is over. */
async function main(what: string): Promise<void> {
  const times: unknown[] = []
  await runVirtual(function* () {
    yield* timeout(
      minutes(60),
      until(() => begin(what)),
    )
    times.push(getEventLoop().time())
  })
  await runVirtual(function* () {
    createTask(sleep(minutes(60)))
    yield* until(begin(what))
    times.push(getEventLoop().time())
  })
  await runVirtual(async () => {
    await begin(what)
    times.push(getEventLoop().time())
  })
  console.log(JSON.stringify(times))
}

const [, file, what] = process.argv
if (file === import.meta.filename && what !== undefined) await main(what)
