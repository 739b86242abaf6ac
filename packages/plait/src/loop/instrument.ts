/**
 * Whether any loop of this thread was ever given an instrument. While it is false the engine takes it for a constant,
 * and the question costs nothing.
 */
export const listening: { ever: boolean } = { ever: false }

/**
 * What happens in a loop, for whoever watches: debug mode, a monitor, a tracer, a test. Nothing is called, and nothing
 * is made for a call, while nobody listens.
 *
 * @example
 * ```ts
 * loop.instrument = { stepBegins: task => console.log(String(task)) }
 * ```
 */
export interface Instrument<T = unknown> {
  /** A task was made, by `maker` or by no task. */
  taskMade?(task: T, maker: T | undefined): void
  stepBegins?(task: T): void
  /** A step ended: the task parked, gave way, or is done. */
  stepEnds?(task: T): void
  /** A task waits, for this. */
  parks?(task: T, waitsFor: unknown): void
  /** What a task waits for is over: its step is in the queue. */
  wakes?(task: T): void
  done?(task: T): void
  /** A task went on after a cancel was thrown into it, and ended as if there had been none. */
  swallowedCancel?(task: T): void
}

/** A loop, as far as its instrument goes. */
interface Instrumented {
  readonly instrument: Instrument | undefined
  _callbackFailed(error: unknown, callback: { readonly name: string }): void
}

/** Tells a loop's instrument; what that throws is its own affair, and told like any callback's error. */
export function tell<E extends keyof Instrument>(
  loop: Instrumented,
  event: E,
  ...what: Parameters<NonNullable<Instrument[E]>>
): void {
  const instrument = loop.instrument as Record<E, ((...what: unknown[]) => void) | undefined> | undefined
  try {
    instrument?.[event]?.(...what)
  } catch (error) {
    loop._callbackFailed(error, { name: `instrument.${event}` })
  }
}
