/** Whether a program still shows what it is being shrunk for. */
export type Fails<P> = (program: P) => Promise<boolean>

/**
 * The smallest program that still fails: tries ever smaller variants, the large cuts first, and keeps each that still does,
 * until none does or so many were tried.
 */
export async function smallest<P>(
  program: P,
  variants: (program: P) => Iterable<P>,
  fails: Fails<P>,
  tries = 4000,
): Promise<P> {
  let best = program
  let left = tries
  let skip = 0
  for (;;) {
    let index = 0
    let found: P | undefined
    for (const variant of variants(best)) {
      index += 1
      if (index <= skip) continue
      left -= 1
      if (left <= 0) return best
      if (await fails(variant)) {
        found = variant
        break
      }
    }
    if (found !== undefined) {
      best = found
      // Go on from where we are: what was tried before this variant will hardly have begun to fail.
      skip = index - 1
    } else if (skip > 0) skip = 0
    else return best
  }
}
