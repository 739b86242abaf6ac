import { VirtualClock } from '../loop/clock.ts'
import { type RunOptions, run } from '../tasks/run.ts'
import type { Plain, Runnable } from '../tasks/runnable.ts'

/**
 * Runs a program under virtual time: its sleeps and timeouts take no time at all, in the order they would have had.
 * A real promise in the way (`until`, a bare `await`) is waited for as long as the host has something under way that
 * could settle it, up to a second for each move of the clock; then the clock moves on.
 *
 * @throws what `run` throws
 * @example
 * ```ts
 * test('gives up after a minute', async () => {
 *   await expect(runVirtual(timeout(minutes(1), new Future()))).rejects.toThrow(TimeoutError)
 * })
 * ```
 */
export function runVirtual<T>(main: Runnable<T>, options?: RunOptions): Promise<T>
export function runVirtual<T>(main: Plain<T>, options?: RunOptions): Promise<T>
export function runVirtual(main: Runnable<unknown>, options: RunOptions = {}): Promise<unknown> {
  return run(main, { clock: new VirtualClock(), ...options })
}
