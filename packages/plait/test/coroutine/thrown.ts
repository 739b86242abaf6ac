/** What this throws; fails if it ends well. */
export function errorOf(act: () => unknown): unknown {
  let result: unknown
  try {
    result = act()
  } catch (error) {
    return error
  }
  throw new Error(`ended well, with ${String(result)}`)
}
