import { move } from 'piscina'

export { echo, fib, noop } from './work.ts'

/** Gives back the memory itself. */
export function handBack(bytes: Uint8Array): unknown {
  return move(bytes)
}
