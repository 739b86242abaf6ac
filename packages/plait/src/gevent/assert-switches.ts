import type { Waiting } from '../coroutine/wait.ts'
import { atOnce, plainFunction } from '../greenlet/plain-method.ts'
import { gettrace, settrace, type TraceCallback } from '../greenlet/settrace.ts'
import { checkDuration } from '../loop/check-delay.ts'
import { checkRun } from './call-text.ts'
import { called } from './called.ts'
import { getHub, type Hub } from './hub.ts'
import { watchSteps } from './monitor-steps.ts'
import { formatRunInfo } from './print-run-info.ts'

/** How long a function may run without a switch. */
export interface AssertSwitchesOptions {
  /** So many milliseconds at a stretch; else it has to switch once, be it short or long. */
  maxBlockingTime?: number | undefined
  /** Whether switches to the hub count alone, and not those from one greenlet of `plait/greenlet` to another. */
  hubOnly?: boolean | undefined
}

/**
 * Thrown by `assertSwitches` when the function has not let others run.
 *
 * @example
 * ```ts
 * try { assertSwitches(parse) } catch (error) { if (error instanceof FailedToSwitch) console.log('it blocks') }
 * ```
 */
export class FailedToSwitch extends Error {}
FailedToSwitch.prototype.name = 'FailedToSwitch'

/**
 * Calls a function and gives what it gives, if it has let other greenlets run meanwhile: at all, or, with `maxBlockingTime`, at
 * least that often. The time it waits does not count; that of the others which run then does.
 *
 * Suspends: as the function does. Cancellation: the function's.
 *
 * @throws FailedToSwitch if it did not; what the function throws; MisuseError for what is no function
 * @example
 * ```ts
 * assertSwitches(() => sleep(1))
 * const page = assertSwitches(() => render(model), { maxBlockingTime: 20 })
 * ```
 * @see gevent.util.assert_switches
 */
export function assertSwitches<T>(fn: () => T, options?: AssertSwitchesOptions): T {
  return atOnce('assertSwitches', steps(fn, options), assertSwitches)
}

function* steps<T>(fn: () => T, options: AssertSwitchesOptions = {}): Waiting<T> {
  checkRun('assertSwitches(…)', fn)
  if (options.maxBlockingTime !== undefined)
    checkDuration('assertSwitches({ maxBlockingTime })', options.maxBlockingTime)
  const stretches = new Stretches(getHub(), options.hubOnly === true)
  let result: T
  try {
    result = yield* called(fn, [])
  } finally {
    stretches.end()
  }
  stretches.check(options)
  return result
}

plainFunction(assertSwitches, steps as never)

/** For how long greenlets run between two switches. */
class Stretches {
  readonly #unwatch: () => void
  #began: number = performance.now()
  #longest = 0
  #switches = 0

  constructor({ loop }: Hub, hubOnly: boolean) {
    const unwatchSteps = watchSteps(loop, {
      begins: () => {
        this.#began = performance.now()
      },
      ends: () => this.#switched(),
    })
    const untrace = hubOnly ? () => {} : onSwitch(() => this.#switched())
    this.#unwatch = () => {
      unwatchSteps()
      untrace()
    }
  }

  end(): void {
    this.#unwatch()
    this.#note()
  }

  check({ maxBlockingTime, hubOnly = false }: AssertSwitchesOptions): void {
    if (maxBlockingTime === undefined ? this.#switches > 0 : this.#longest <= maxBlockingTime) return
    const where = hubOnly ? 'to the hub' : 'to any greenlet'
    const most = maxBlockingTime === undefined ? '' : `, where ${maxBlockingTime} ms are allowed`
    const info = formatRunInfo({ greenletStacks: false })
    throw new FailedToSwitch(
      [`no switch ${where} in ${this.#longest.toFixed(1)} ms${most}`, ...info].join('\n'),
    )
  }

  #switched(): void {
    this.#switches += 1
    this.#note()
  }

  #note(): void {
    const now = performance.now()
    this.#longest = Math.max(this.#longest, now - this.#began)
    this.#began = now
  }
}

/** Has a function called at each switch between greenlets, beside whoever is told of them already; gives what ends that. */
function onSwitch(tell: () => void): () => void {
  const before = gettrace()
  const trace: TraceCallback = (event, greenlets) => {
    tell()
    return before?.(event, greenlets)
  }
  settrace(trace)
  return () => {
    if (gettrace() === trace) settrace(before)
  }
}
