/*
 * What a task keeps in `_flags` above the state of its future:
 *
 *   made ──first step──▶ running ◀──wake── parked on `_waiting`
 *                          │  ▲               ▲
 *                          │  └── TURN ───────┤ (gave way: queued again at once)
 *                   return, throw             │
 *                          ▼               cancel: passed to what it is parked on;
 *                        done              MUST_CANCEL where that does not take it
 */
/** A cancel that could not be thrown yet: thrown at the next step. */
export const MUST_CANCEL = 16
/** The first step has begun. */
export const BEGUN = 32
/** An async function: driven by its promise, waiting in any number of places. */
export const ASYNC = 64
/** Part of another task: an operation that an async function awaits, an async body inside a generator. */
export const PART = 128
/** Somebody has read `signal`. */
export const HAS_SIGNAL = 256
/** Runs in a context that was handed in, and changes it. */
export const OWN_CONTEXT = 512
/** Has a context of the host's to enter at each step. */
export const SCOPED = 1024
/** Is handing a cancel to what it is parked on, right now. */
export const PASSING_ON = 2048
/** Let the host in at a satisfied wait: that wait goes on as if nothing had been, a pending cancel included. */
export const PAUSED = 4096
/** What its steps resume is a generator of the language's own, at every depth. */
export const NATIVE = 8192
/** How often it was cancelled, in the high bits. */
export const ONE_CANCEL: number = 1 << 16
