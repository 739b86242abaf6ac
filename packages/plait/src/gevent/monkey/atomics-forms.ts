import type { Form } from './cooperative.ts'

interface WaitAsync {
  waitAsync?(
    array: Int32Array,
    index: number,
    value: number,
    timeout?: number,
  ): { async: false; value: string } | { async: true; value: Promise<string> }
}

/** Longer than any program lives, and short enough for a timer. */
const FOREVER = 2 ** 31 - 1

/** The form of the one blocking function of `Atomics`. */
export function atomicsForms(atomics: object): Record<string, Form> {
  const { waitAsync } = atomics as WaitAsync
  if (waitAsync === undefined) return {}
  const wait: Form = {
    begin(_self, args, done) {
      const [array, index, value, timeout] = args as [Int32Array, number, number, number?]
      const answer = waitAsync(array, index, value, timeout)
      if (!answer.async) {
        done(null, answer.value)
        return undefined
      }
      // The engine's own wait does not keep a program alive; one that blocks does.
      const alive = setInterval(() => {}, FOREVER)
      answer.value.then(
        woken => {
          clearInterval(alive)
          done(null, woken)
        },
        error => {
          clearInterval(alive)
          done(error)
        },
      )
      return {
        undo: () => clearInterval(alive),
        // It stands in line yet, since no place there can be given up: what wakes it is for the next.
        late: woken => {
          if (woken === 'ok') Atomics.notify(array, index, 1)
        },
      }
    },
  }
  return { wait }
}
