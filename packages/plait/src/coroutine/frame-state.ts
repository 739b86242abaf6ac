/*
 * The states of a coroutine, as bits of its frame:
 *
 *   created (0) ──first step──▶ running (STARTED | RUNNING) ◀──resume──▶ suspended (STARTED)
 *                                        │
 *                                 return or throw ──▶ closed (CLOSED)
 *
 * WAITED: somebody waits for it (a task, a delegation), and nobody else may.
 */
export const STARTED = 1
export const RUNNING = 2
export const CLOSED = 4
export const WAITED = 8
/** A call of a plain function, whose steps may be any iterator's: its `next` has to be looked up. */
export const FOREIGN = 16
/** A call of a plain function, whose steps are those of a generator of the language's own. */
export const KNOWN = 32
