import type { Callback } from './callback.ts'
import type { Hub } from './hub.ts'
import { type LinkEntry, unlinkFrom } from './links.ts'

/** The links of a greenlet: called in the hub, one after another, some time after it is over, and once each. */
export class GreenletLinks {
  readonly #greenlet: { ready(): boolean }
  readonly #hub: Hub
  readonly #entries: LinkEntry[] = []
  #notifier: Callback | undefined

  constructor(greenlet: { ready(): boolean }, hub: Hub) {
    this.#greenlet = greenlet
    this.#hub = hub
  }

  get size(): number {
    return this.#entries.length
  }

  add(entry: LinkEntry): void {
    this.#entries.push(entry)
    if (this.#greenlet.ready()) this.notifySoon()
  }

  remove(target: unknown): void {
    unlinkFrom(this.#entries, target)
  }

  clear(): void {
    this.#entries.length = 0
  }

  notifySoon(): void {
    if (this.size > 0 && this.#notifier === undefined)
      this.#notifier = this.#hub.runCallback(() => this.#notify())
  }

  #notify(): void {
    for (let link = this.#entries.shift(); link !== undefined; link = this.#entries.shift()) {
      try {
        link.call(this.#greenlet as never)
      } catch (error) {
        this.#hub.handleError(this.#greenlet, error)
      }
    }
    this.#notifier = undefined
  }
}
