import type { Scheduler } from '../loop/scheduler.ts'

/** The state of each loop's draws: the same program draws the same, run after run. */
const draws = new WeakMap<Scheduler, number>()
const SEED = 0x2545f491

/** A number from 0 to `below - 1`, evenly (Marsaglia's xorshift, of 32 bits). */
export function draw(loop: Scheduler, below: number): number {
  let x = draws.get(loop) ?? SEED
  x ^= x << 13
  x ^= x >>> 17
  x ^= x << 5
  draws.set(loop, x)
  return Math.floor(((x >>> 0) / 2 ** 32) * below)
}

/** The list in an order drawn evenly among all. */
export function shuffled<T>(loop: Scheduler, list: readonly T[]): T[] {
  const drawn = [...list]
  for (let left = drawn.length; left > 1; left -= 1) {
    const at = draw(loop, left)
    const one = drawn[at] as T
    drawn[at] = drawn[left - 1] as T
    drawn[left - 1] = one
  }
  return drawn
}
