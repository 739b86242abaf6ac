import { misuse } from '../errors/misuse.ts'

/** A stretch of time: a delay that is none from before now. */
export function checkDuration(what: string, value: unknown): asserts value is number {
  checkDelay(what, value)
  if (value < 0) throw misuse('badDelay', what, value)
}

/** A delay or a time: any number but NaN. */
export function checkDelay(what: string, value: unknown): asserts value is number {
  if (typeof value !== 'number' || Number.isNaN(value)) throw misuse('badDelay', what, value)
}
