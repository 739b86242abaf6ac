/**
 * Seconds as milliseconds, the unit of every duration in this library.
 *
 * @example
 * ```ts
 * yield* timeout(seconds(2), fetchPage(url))
 * ```
 */
export function seconds(count: number): number {
  return count * 1000
}

/**
 * Minutes as milliseconds, the unit of every duration in this library.
 *
 * @example
 * ```ts
 * yield* sleep(minutes(5))
 * ```
 */
export function minutes(count: number): number {
  return count * 60_000
}
