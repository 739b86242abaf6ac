import type { Host } from './host.ts'

/** One timer of the host over the loop's own heap: it wakes the loop for the earliest deadline. */
export class Alarm {
  readonly #host: Host
  readonly #wake: () => void
  #timer: unknown

  constructor(host: Host, wake: () => void) {
    this.#host = host
    this.#wake = wake
  }

  get isSet(): boolean {
    return this.#timer !== undefined
  }

  /** `isIdle`: the host need not wait for it where it has nothing else to do. */
  set(ms: number, isIdle = false): void {
    this.#timer = this.#host.setTimer(this.#wake, Math.max(0, Math.ceil(ms)))
    if (isIdle) (this.#timer as { unref?: () => void }).unref?.()
  }

  clear(): void {
    if (this.#timer !== undefined) this.#host.clearTimer(this.#timer)
    this.#timer = undefined
  }
}
