import type { Host } from './host.ts'

const TURNS_FOR_MICROTASKS = 3
const PAUSE_MS = 1
const LONGEST_WAIT_MS = 1000

/**
 * How long a loop under virtual time waits for the real world before it moves its clock. A promise in the way is
 * settled by the host, if ever: so the host gets a few turns, and then as long as it has more under way than when the
 * loop was made (a socket, a file, a timer), up to a second. What the host can no longer settle is not waited for.
 */
export class Patience {
  readonly pauseMs: number = PAUSE_MS
  readonly #host: Host
  readonly #atStart: Map<string, number>
  #turns = 0
  #since = 0

  constructor(host: Host) {
    this.#host = host
    this.#atStart = count(host.activity?.() ?? [])
  }

  /** Something happened: the wait begins again. */
  renew(): void {
    this.#turns = 0
  }

  /** Whether the next look should come after the host's microtasks rather than after a pause. */
  get isFresh(): boolean {
    return this.#turns <= TURNS_FOR_MICROTASKS
  }

  /** Whether the clock may move. Asked, like `isQuiet`, once each time the loop has nothing else to do. */
  isOver(): boolean {
    return this.isQuiet() || (!this.isFresh && performance.now() - this.#since > LONGEST_WAIT_MS)
  }

  /** Whether the host has nothing more to give: its turns are over and nothing is under way. */
  isQuiet(): boolean {
    if (this.#turns === 0) this.#since = performance.now()
    this.#turns += 1
    return !this.isFresh && !this.#isBusy()
  }

  #isBusy(): boolean {
    const now = count(this.#host.activity?.() ?? [])
    // What has ended since the start must not hide what began later.
    for (const [kind, many] of this.#atStart) this.#atStart.set(kind, Math.min(many, now.get(kind) ?? 0))
    for (const [kind, many] of now) if (many > (this.#atStart.get(kind) ?? 0)) return true
    return false
  }
}

function count(kinds: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}
