import type { Waiting } from '../coroutine/wait.ts'
import { plainWait } from '../greenlet/plain-wait.ts'
import { checkDelay } from '../loop/check-delay.ts'
import { currentHolder } from '../tasks/holder.ts'
import type { Task } from '../tasks/task.ts'
import { checkRun } from './call-text.ts'
import { Greenlet } from './greenlet.ts'
import type { GreenletResult } from './greenlet-options.ts'
import { getHub } from './hub.ts'
import { Nap, Turn } from './nap.ts'
import { Parked } from './parked.ts'
import { RawGreenlet } from './raw-greenlet.ts'

/**
 * Has a function run in a greenlet of its own, beside whoever asks, from the hub's next turn on.
 *
 * @param fn of any color: plain and transformed, so that it may wait; a generator function, a coroutine or an async function
 * @throws MisuseError for what is no function
 * @example
 * ```ts
 * const greenlet = spawn(fetchPage, url)
 * const page = greenlet.get()
 * ```
 * @see gevent.spawn
 */
export function spawn<A extends readonly unknown[], R>(
  fn: (...args: A) => R,
  ...args: A
): Greenlet<GreenletResult<R>> {
  checkRun('spawn(…)', fn)
  return Greenlet.spawn(fn, ...args)
}

/**
 * As `spawn`, after so many milliseconds.
 *
 * @throws MisuseError for what is no function, or no number
 * @example
 * ```ts
 * const reminder = spawnLater(60_000, remind, 'tea')
 * reminder.kill() // it never runs
 * ```
 * @see gevent.spawn_later
 */
export function spawnLater<A extends readonly unknown[], R>(
  ms: number,
  fn: (...args: A) => R,
  ...args: A
): Greenlet<GreenletResult<R>> {
  checkRun('spawnLater(…)', fn)
  return Greenlet.spawnLater(ms, fn, ...args)
}

/**
 * As `spawn`, without links and results: for many short ones.
 *
 * @throws MisuseError for what is no function
 * @example
 * ```ts
 * spawnRaw(log, 'started')
 * ```
 * @see gevent.spawn_raw
 */
export function spawnRaw<A extends readonly unknown[]>(fn: (...args: A) => unknown, ...args: A): RawGreenlet {
  checkRun('spawnRaw(…)', fn)
  const hub = getHub()
  const raw = new RawGreenlet(fn as (...args: never[]) => unknown, args, hub)
  hub.runCallback(() => raw._runFirst())
  return raw
}

/**
 * Waits for so many milliseconds. Of 0 or less it lets run whoever is ready.
 *
 * Suspends: always. Cancellation: the timer is taken back. Fairness: those due at the same time wake in the order they went
 * to sleep.
 *
 * @throws CannotSuspendError where nothing can be suspended; MisuseError for what is no number
 * @example
 * ```ts
 * spawn(() => { sleep(10); console.log('later') })
 * ```
 * @see gevent.sleep
 */
export const sleep: (ms?: number) => void = plainWait('sleep', (ms = 0) => {
  checkDelay('sleep(ms)', ms)
  const hub = getHub()
  return (ms <= 0 ? new Turn(hub) : new Nap(hub, ms))[Symbol.iterator]()
})

/**
 * Waits until nobody else is ready to run.
 *
 * Suspends: always.
 *
 * @example
 * ```ts
 * idle() // whatever was spawned has begun, and waits
 * ```
 * @see gevent.idle
 */
export const idle: () => void = plainWait('idle', idling)

function* idling(): Waiting<void> {
  const { loop } = getHub()
  const parked = new Parked<void>('the loop to be idle')
  const entry = {
    run: (): void => {
      if (loop._ring.size > 0) loop._push(entry)
      else parked.switch()
    },
  }
  loop._push(entry)
  yield* parked
}

/**
 * The greenlet that runs: the very one that `spawn` gave, or another task; undefined outside of any.
 *
 * @example
 * ```ts
 * spawn(() => console.log(String(getcurrent())))
 * ```
 * @see gevent.getcurrent
 */
export function getcurrent(): Task<unknown> | undefined {
  return currentHolder()
}
