import type { Waiter } from './future.ts'
import { IN_LINE, type Place } from './place.ts'
import type { Task } from './task.ts'

/**
 * Those who wait for one thing, first come first. A place stays in line until its owner has run, as in asyncio, though it
 * was woken or cancelled before; leaving from anywhere costs the same however long the line is.
 */
export class WaitingLine {
  size = 0
  #first: Place<unknown> | undefined
  #last: Place<unknown> | undefined
  /** Everybody before this one was cancelled; undefined where that is not known. */
  #living: Place<unknown> | undefined

  append(place: Place<unknown>): void {
    const last = this.#last
    place._flags |= IN_LINE
    place._before = last
    place._after = undefined
    if (last === undefined) this.#first = place
    else last._after = place
    this.#last = place
    this.size += 1
  }

  /** Takes a place out of the line, if it stands in it. */
  remove(place: Place<unknown>): void {
    if ((place._flags & IN_LINE) === 0) return
    if (this.#living === place) this.#living = place._after
    const { _before, _after } = place
    if (_before === undefined) this.#first = _after
    else _before._after = _after
    if (_after === undefined) this.#last = _before
    else _after._before = _before
    place._flags &= ~IN_LINE
    place._before = undefined
    place._after = undefined
    this.size -= 1
  }

  /** Wakes the first in line, unless that was done. */
  wakeFirst(): void {
    const first = this.#first
    if (first?._isOpen === true) first._wake()
  }

  /** Wakes the first who can be woken, out of the line with those before them; false if there is nobody. */
  releaseNext(): boolean {
    const place = this.takeFirst()
    if (place === undefined) return false
    place._wake()
    return true
  }

  /** The first who can be woken. */
  first(): Place<unknown> | undefined {
    return firstOpen(this.#first)
  }

  /** The first who can be woken, out of the line with those before them. */
  takeFirst(): Place<unknown> | undefined {
    for (let place = this.#first; place !== undefined; place = this.#first) {
      this.remove(place)
      if (place._isOpen) return place
    }
    return undefined
  }

  /** Whether anybody is here who was not cancelled. */
  get hasLiving(): boolean {
    let place = this.#living ?? this.#first
    while (place?._isCancelled === true) place = place._after
    this.#living = place ?? this.#last
    return place !== undefined
  }

  /** The tasks that wait here, first come first. */
  tasks(): Task<unknown>[] {
    const tasks: Task<unknown>[] = []
    for (let place = this.#first; place !== undefined; place = place._after) {
      if (!place._isOpen) continue
      const waiters = (place._choice ?? place)._waiters
      const list = Array.isArray(waiters) ? waiters : [waiters as Waiter]
      for (const waiter of list)
        if (waiter !== undefined && '_whole' in waiter) tasks.push(waiter._whole as Task<unknown>)
    }
    return tasks
  }
}

/**
 * A line in which many may be woken before any of them runs, as by the releases of a semaphore: it remembers how far that
 * has come. One more reference to keep, which lines of one at a time are faster without.
 */
export class LongLine extends WaitingLine {
  /** Nobody before this one can be woken any more; undefined where nobody at all can. */
  #next: Place<unknown> | undefined

  override append(place: Place<unknown>): void {
    super.append(place)
    this.#next ??= place
  }

  override remove(place: Place<unknown>): void {
    if (this.#next === place) this.#next = place._after
    super.remove(place)
  }

  override first(): Place<unknown> | undefined {
    this.#next = firstOpen(this.#next)
    return this.#next
  }

  /** One who was woken waits again, where they stood. */
  reopen(): void {
    this.#next = super.first()
  }

  /** Wakes the first who can be woken; false if there is nobody. */
  wakeNext(): boolean {
    const place = this.first()
    place?._wake()
    return place !== undefined
  }

  /** Wakes so many, first come first. */
  wake(most: number): void {
    for (let left = most; left > 0 && this.wakeNext(); left -= 1);
  }
}

function firstOpen(start: Place<unknown> | undefined): Place<unknown> | undefined {
  let place = start
  while (place !== undefined && !place._isOpen) place = place._after
  return place
}
