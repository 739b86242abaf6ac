import { move, remote } from 'plait/executors'
import * as work from './work.ts'

export const noop: typeof work.noop = remote(import.meta.url, work.noop)
export const echo: typeof work.echo = remote(import.meta.url, work.echo)
export const fib: typeof work.fib = remote(import.meta.url, work.fib)

/** Gives back the memory itself. */
export const handBack: typeof work.echo = remote(import.meta.url, function handBack(bytes: Uint8Array) {
  return move(bytes)
})
