import type { Waiting } from '../coroutine/wait.ts'
import type { Callback } from './callback.ts'
import { type Hub, hubStill } from './hub.ts'
import { type Link, type LinkEntry, rawLink, unlinkFrom } from './links.ts'
import { Parked } from './parked.ts'
import { type Cancellable, Timeout } from './timeout.ts'

/**
 * What greenlets wait for until it is ready: an event, a semaphore. Those who wait are links, and are called in the hub, some
 * time after it has become ready; those who come while that is due are called behind them.
 */
export abstract class AbstractLinkable {
  /** @internal */ readonly _links: LinkEntry[] = []
  /** @internal Set from the moment it is asked for until all were called. */
  _notifier: Callback | undefined = undefined
  /** @internal Those who come while others are to be called. */
  _late: LinkEntry[] = []
  /** @internal Whether all are called, however many of them it takes until it is not ready any more. */
  _notifyAll = true
  #hub: Hub | undefined

  /** Whether whoever waits goes on at once. */
  abstract ready(): boolean

  /** @internal What a wait gives. `waited`: it has; `succeeded`: before its time was up. */
  abstract _waitReturnValue(waited: boolean, succeeded: boolean): unknown

  /** @internal What those who wait here wait for, in a report. */
  abstract _describe(): string

  /** @internal That of those who wait, as long as they do. */
  get _hub(): Hub {
    this.#hub = hubStill(this.#hub)
    return this.#hub
  }

  /** How many links there are. */
  linkcount(): number {
    return this._links.length
  }

  /** Calls a function with this object, in the hub, when it is ready. */
  rawlink(link: Link<this>): void {
    this._links.push(rawLink(link))
    this._checkAndNotify()
  }

  /** Takes a link back. */
  unlink(link: Link<this>): void {
    unlinkFrom(this._links, link)
    if (this._links.length === 0 && this._notifier?.pending === true) {
      this._notifier.stop()
      this._notifier = undefined
    }
  }

  /** @internal */
  _checkAndNotify(): void {
    if (this._notifier !== undefined || this._links.length === 0 || !this.ready()) return
    this._late = []
    this._notifier = this._hub.runCallback(() => this.#notify())
  }

  #notify(): void {
    this.#callThose(this._links)
    const late = this._late
    if (late.length > 0) {
      this.#callThose(late)
      this._links.push(...late)
    }
    this._notifier = undefined
    this._checkAndNotify()
  }

  /** Calls those who are there now, out of the list before each is called; what was linked twice is called once more later. */
  #callThose(links: LinkEntry[]): void {
    const last = links.at(-1)
    const done = new Set<unknown>()
    while (links.length > 0) {
      if (!this._notifyAll && !this.ready()) break
      const link = links.shift() as LinkEntry
      if (!done.has(link.target)) {
        done.add(link.target)
        try {
          link.call(this as never)
        } catch (error) {
          this._hub.handleError(this, error)
        }
      }
      if (link.target === last?.target) break
    }
  }

  /** @internal Waits to be called; with a time, gives whether that was before it was up, or throws, if it is not to be caught. */
  *_waitCore(timeout: number | undefined, catchTimeout = true): Waiting<boolean> {
    const timer: Cancellable = Timeout._startNewOrDummy(timeout)
    try {
      yield* this.#parked(this._links, true)
      return true
    } catch (error) {
      if (error !== timer || !catchTimeout) throw error
      return false
    } finally {
      timer.cancel()
    }
  }

  *#parked(links: LinkEntry[], asks: boolean): Waiting<void> {
    const parked = new Parked<this>(this._describe())
    const entry: LinkEntry = { target: parked, call: () => parked.switch(this) }
    links.push(entry)
    if (asks) this._checkAndNotify()
    let isOver = false
    try {
      yield* parked
      isOver = true
    } finally {
      if (!isOver) {
        this.unlink(parked as never)
        unlinkFrom(this._late, parked)
      }
    }
  }

  /** @internal */
  *_waiting(timeout?: number): Waiting<unknown> {
    if (this.ready()) {
      const result = this._waitReturnValue(false, false)
      // Those who have waited go first.
      if (this._notifier !== undefined) yield* this.#parked(this._late, false)
      return result
    }
    const succeeded = yield* this._waitCore(timeout)
    return this._waitReturnValue(true, succeeded)
  }
}
