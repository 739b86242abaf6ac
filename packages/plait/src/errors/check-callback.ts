import { misuse } from './misuse.ts'

/** Refuses what cannot be called back, where it is handed in rather than where it would be called. */
export function checkCallback(method: string, fn: unknown): void {
  if (typeof fn !== 'function') throw misuse('callbackNotAFunction', method, fn)
}
