import { checkRunnable, type Plain, type Runnable } from './runnable.ts'
import { Runner, type RunnerOptions } from './runner.ts'

/** How to run a program. */
export interface RunOptions extends RunnerOptions {
  /** Cancels the program when aborted. */
  signal?: AbortSignal | undefined
  /** The name of the main task; else main. */
  name?: string | undefined
}

/**
 * Runs a program to its end, on a loop of its own, and gives its result. What it left running is cancelled and waited
 * for; errors nobody took are reported.
 *
 * @throws what the program throws; CancelledError if it was cancelled; DeadlockError if nothing in it can ever run again
 * @example
 * ```ts
 * const pages = await run(function* main() {
 *   return yield* gather(fetchPage(a), fetchPage(b))
 * })
 * ```
 * @see asyncio.run
 */
export function run<T>(main: Runnable<T>, options?: RunOptions): Promise<T>
export function run<T>(main: Plain<T>, options?: RunOptions): Promise<T>
export async function run(main: Runnable<unknown>, options?: RunOptions): Promise<unknown> {
  checkRunnable(main)
  await using runner = new Runner(options ?? {})
  return await runner.run(main, { name: options?.name ?? 'main', signal: options?.signal })
}
