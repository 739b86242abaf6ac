/** What another package puts in the place of a function: it is not transformed, and has no twin. */
export function replacement(native: (...args: never[]) => unknown): (...args: never[]) => unknown {
  return function replaced(...args: never[]): unknown {
    return native(...args)
  }
}
