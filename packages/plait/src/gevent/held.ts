import type { Waiting } from '../coroutine/wait.ts'
import { callMethod } from './call-method.ts'
import { called } from './called.ts'

/** What can be acquired and given back: by methods that a class which extends it may replace. */
interface Lock {
  release(): unknown
}

/** What was taken of something: disposing gives it back, once. */
class Held implements Disposable {
  #owner: Lock | undefined

  constructor(owner: Lock) {
    this.#owner = owner
  }

  [Symbol.dispose](): void {
    const owner = this.#owner
    this.#owner = undefined
    owner?.release()
  }
}

/** Calls a function with a lock, which is given back at its end. */
export function* holding<T>(lock: Lock, fn: () => T): Waiting<T> {
  yield* callMethod(lock, 'acquire', [])
  try {
    return yield* called(fn, [])
  } finally {
    lock.release()
  }
}

/** Takes a lock; disposing of what this gives gives it back. */
export function* locking(lock: Lock): Waiting<Disposable> {
  yield* callMethod(lock, 'acquire', [])
  return new Held(lock)
}
