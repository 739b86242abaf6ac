import { misuse } from '../errors/misuse.ts'

/** A delay or a time: any number but NaN. */
export function checkDelay(what: string, value: unknown): asserts value is number {
  if (typeof value !== 'number' || Number.isNaN(value)) throw misuse('badDelay', what, value)
}
