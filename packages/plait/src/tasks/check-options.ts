import { misuse } from '../errors/misuse.ts'

/** Refuses what is not an object of options: a bare number or signal in their place would be ignored in silence. */
export function checkOptions(what: string, options: unknown): void {
  if (options === undefined) return
  const isNamed = typeof options === 'object' && options !== null && !(options instanceof AbortSignal)
  if (!isNamed) throw misuse('badOptions', what, options)
}
