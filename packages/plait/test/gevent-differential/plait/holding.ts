import type { Lock } from './shared-things.ts'

/** A block with a lock held, as `with lock:` is. */
export function holding(lock: Lock, inner: () => void): void {
  lock.acquire()
  try {
    inner()
  } finally {
    lock.release()
  }
}
