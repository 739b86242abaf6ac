import { getHub, sleep } from '../src/gevent.ts'
import { getEventLoop } from '../src/index.ts'

/* What tests of plain functions share: transformed as they are, so that it may wait. */

/** What a call throws, if it does. Whoever else would call back (`expect`) cannot be suspended. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  return undefined
}

/** Sleeps, and gives for how long. */
export function napping(ms: number): number {
  sleep(ms)
  return ms
}

/** The time of the loop. */
export function now(): number {
  return getEventLoop().time()
}

/** Errors that greenlets end with are told to nobody. */
export function beQuiet(): void {
  getHub().handleError = () => {}
}
