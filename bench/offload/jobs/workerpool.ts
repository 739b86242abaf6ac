import { Transfer, worker } from 'workerpool'
import { echo, fib, noop } from './work.ts'

/** Gives back the memory itself. */
function handBack(bytes: Uint8Array): unknown {
  return new Transfer(bytes, [bytes.buffer])
}

worker({ echo, fib, handBack, noop })
