import { misuse } from '../errors/misuse-greenlets.ts'
import type { Greenlet } from './greenlet.ts'
import { tracer } from './tracer.ts'

/**
 * Told of a switch: of its kind, and of the greenlets it leads from and to. `throw` is a switch that brings an error.
 *
 * @example
 * ```ts
 * const tell: TraceCallback = (event, [origin, target]) => console.log(event, `${origin} -> ${target}`)
 * ```
 */
export type TraceCallback = (
  event: 'switch' | 'throw',
  greenlets: readonly [origin: Greenlet, target: Greenlet],
) => unknown

/**
 * Has a function called at each switch, in the greenlet that is switched to; undefined for none. Gives the one before. What it
 * throws is thrown in that greenlet, and it is not called again.
 *
 * @throws MisuseError for what is no function
 * @example
 * ```ts
 * const before = settrace((event, [origin, target]) => console.log(event, `${origin} -> ${target}`))
 * settrace(before)
 * ```
 * @see greenlet.settrace
 */
export function settrace(callback: TraceCallback | undefined): TraceCallback | undefined {
  if (callback !== undefined && typeof callback !== 'function') throw misuse('notATracer', callback)
  const before = gettrace()
  tracer.callback = callback as typeof tracer.callback
  return before
}

/**
 * The function that is called at each switch.
 *
 * @example
 * ```ts
 * const isTraced = gettrace() !== undefined
 * ```
 * @see greenlet.gettrace
 */
export function gettrace(): TraceCallback | undefined {
  return tracer.callback as TraceCallback | undefined
}
