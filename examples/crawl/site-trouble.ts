/** How the site answers a page. All but `fine` and `slow` keep a crawler from the page, or send it elsewhere. */
export type Answer =
  | { readonly kind: 'fine'; readonly delayMs: number }
  | { readonly kind: 'slow'; readonly delayMs: number }
  | { readonly kind: 'failing'; readonly delayMs: number }
  | { readonly kind: 'reset'; readonly delayMs: number }
  | { readonly kind: 'cut-off'; readonly delayMs: number }
  | { readonly kind: 'moved'; readonly delayMs: number; readonly hops: number }
  | { readonly kind: 'looping'; readonly delayMs: number }

/** The slow ones, in milliseconds: some end within a crawler's patience, some do not. */
const SLOW_MS = [700, 1000, 2000, 2500, 3000]
const FAILING = 4
const RESET = 3
const CUT_OFF = 3
const MOVED = 6
const LOOPING = 2

/**
 * Decides, from the seed alone, which of the pages give trouble, so that every crawl meets the same site.
 * The others are answered after 20 to 60 ms.
 */
export function planAnswers(
  paths: readonly string[],
  troubled: readonly string[],
  seed: number,
): Map<string, Answer> {
  const answers = new Map<string, Answer>()
  for (const path of paths) answers.set(path, { kind: 'fine', delayMs: ordinaryDelay(path, seed) })
  const drawn = [...troubled].sort((a, b) => hash(a, seed) - hash(b, seed) || (a < b ? -1 : 1))
  const draw = (make: (delayMs: number, n: number) => Answer, count: number): void => {
    for (const [n, path] of drawn.splice(0, count).entries())
      answers.set(path, make(ordinaryDelay(path, seed), n))
  }
  draw((_, n) => ({ kind: 'slow', delayMs: SLOW_MS[n] as number }), SLOW_MS.length)
  draw(delayMs => ({ kind: 'failing', delayMs }), FAILING)
  draw(delayMs => ({ kind: 'reset', delayMs }), RESET)
  draw(delayMs => ({ kind: 'cut-off', delayMs }), CUT_OFF)
  draw((delayMs, n) => ({ kind: 'moved', delayMs, hops: 1 + (n % 3) }), MOVED)
  draw(delayMs => ({ kind: 'looping', delayMs }), LOOPING)
  return answers
}

/** 20 to 60 ms, the same for the same path and seed. */
export function ordinaryDelay(path: string, seed: number): number {
  return 20 + (hash(path, seed ^ 0x5bd1e995) % 41)
}

/** FNV-1a with a last mix: spreads paths that differ in one character. */
function hash(text: string, seed: number): number {
  let h = 0x811c9dc5 ^ seed
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  return (h ^ (h >>> 13)) >>> 0
}
