import { threadLoop } from '../tasks/current.ts'
import type { Link } from './link.ts'
import { ASK_QUIET, QUIET } from './messages.ts'

/**
 * A worker without a job does not keep this process alive, and yet it may be about to answer who waits here for one of its
 * channels. So when nothing else can wake anybody here, it is asked: it says so when nothing there can wake anybody
 * either, and what it had to say before comes before that. Only then is it given up.
 */
export class Inquiry {
  readonly #link: Link
  /** Keeps the process alive, or no longer for this. */
  readonly #hold: (isAsked: boolean) => void
  #waits = 0
  #forget: (() => void) | undefined
  /** What had been sent to the worker when it was asked last, and when it said that nothing would come. */
  #asked = -1
  #quiet = -1

  constructor(link: Link, hold: (isAsked: boolean) => void) {
    this.#link = link
    this.#hold = hold
    link.on([QUIET], () => {
      this.#quiet = this.#asked
      hold(false)
    })
  }

  waitBegins(): void {
    this.#waits += 1
    // After those who would give up: so it is asked before them.
    if (this.#waits === 1) this.#forget = threadLoop()._host.onExhausted?.(() => this.#ask())
  }

  waitEnds(): void {
    this.#waits -= 1
    if (this.#waits === 0) this.#forget?.()
  }

  #ask(): boolean {
    if (this.#quiet === this.#link.posted) return false
    this.#hold(true)
    this.#link.post([ASK_QUIET])
    this.#asked = this.#link.posted
    return true
  }
}
