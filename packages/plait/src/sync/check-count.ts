import { misuse } from '../errors/misuse-together.ts'

/** Refuses what is no whole number of at least `least`. */
export function checkCount(what: string, value: unknown, least: number): void {
  if (
    typeof value !== 'number' ||
    !(value >= least) ||
    (value !== Number.POSITIVE_INFINITY && !Number.isInteger(value))
  )
    throw misuse('badCount', what, least, value)
}
