import type { Waiting } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-gevent.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import { plainWait } from '../greenlet/plain-wait.ts'
import { checkList } from '../tasks/runnable.ts'
import { getHub } from './hub.ts'
import { HubTimer } from './hub-timer.ts'
import type { Link } from './links.ts'
import { Parked } from './parked.ts'

/** What can be waited for together with others: a greenlet, an event, a semaphore. */
export interface Linkable<S = never> {
  rawlink(link: Link<S>): void
  unlink(link: Link<S>): void
}

/** How to wait for several. */
export interface WaitManyOptions {
  /** How many milliseconds to wait; else as long as it takes. */
  timeout?: number | undefined
  /** How many of them to wait for; else for all. */
  count?: number | undefined
}

/** A timeout goes behind whatever is ready at the same time. */
const LATE = -1

/** The objects of a list as they become ready: an iterator whose `next` waits. */
class Ready<T extends Linkable> implements IterableIterator<T>, Disposable {
  #objects: readonly T[]
  readonly #timeout: number | undefined
  readonly #values: unknown[] = []
  readonly #link = (value: unknown): void => this.#came(value)
  #left: number
  #timer: HubTimer | undefined
  #parked: Parked<void> | undefined
  #hasBegun = false

  constructor(objects: readonly T[], { timeout, count }: WaitManyOptions) {
    this.#objects = objects
    this.#timeout = timeout
    this.#left = count === undefined ? objects.length : Math.min(count, objects.length)
  }

  next(): IteratorResult<T, undefined> {
    return atOnce('iwait', this._next(), this.next)
  }

  /** @internal */
  *_next(): Waiting<IteratorResult<T, undefined>> {
    this.#begin()
    if (this.#left === 0) return this.#end()
    this.#left -= 1
    try {
      while (this.#values.length === 0) yield* this.#park()
    } catch (error) {
      this.#end()
      throw error
    }
    const value = this.#values.shift()
    return value === this ? this.#end() : { done: false, value: value as T }
  }

  return(): IteratorResult<T, undefined> {
    return this.#end()
  }

  [Symbol.iterator](): this {
    return this
  }

  [Symbol.dispose](): void {
    this.#end()
  }

  #begin(): void {
    if (this.#hasBegun) return
    this.#hasBegun = true
    for (const one of this.#objects) one.rawlink(this.#link)
    if (this.#timeout === undefined) return
    this.#timer = getHub().timer(this.#timeout, LATE)
    this.#timer.start(this.#link, this)
  }

  *#park(): Waiting<void> {
    this.#parked = new Parked('one of several')
    try {
      yield* this.#parked
    } finally {
      this.#parked = undefined
    }
  }

  #came(value: unknown): void {
    this.#values.push(value)
    this.#parked?.switch()
  }

  #end(): IteratorReturnResult<undefined> {
    this.#timer?.stop()
    this.#timer = undefined
    this.#left = 0
    for (const one of this.#objects) one.unlink(this.#link)
    this.#objects = []
    return { done: true, value: undefined }
  }
}

plainMethods(Ready.prototype, ['next'])

/**
 * The objects of a list as they become ready, in that order, until so many of them are, or all, or the time is up. Left
 * early, in a `for…of` or with `using`, it unlinks them.
 *
 * Suspends: in each step of the iteration, until the next is ready.
 *
 * @throws MisuseError for what cannot be linked
 * @example
 * ```ts
 * for (const greenlet of iwait(greenlets, { timeout: 1000 })) console.log(greenlet.value)
 * ```
 * @see gevent.iwait
 */
export function iwait<T extends Linkable>(
  objects: Iterable<T>,
  options: WaitManyOptions = {},
): IterableIterator<T> & Disposable {
  return readyAmong('iwait(…)', objects, options)
}

function readyAmong<T extends Linkable>(
  what: string,
  objects: Iterable<T>,
  options: WaitManyOptions,
): Ready<T> {
  checkList(what, objects)
  const list = [...objects]
  for (const one of list) if (typeof one?.rawlink !== 'function') throw misuse('notLinkable', what, one)
  return new Ready(list, options)
}

/** @internal The steps of `wait` for these, `what` being what is called. */
export function* readyOf<T extends Linkable>(
  what: string,
  objects: Iterable<T>,
  options: WaitManyOptions,
  each: (one: T) => void = () => {},
): Waiting<T[]> {
  const ready = readyAmong(what, objects, options)
  const found: T[] = []
  try {
    for (;;) {
      const step = yield* ready._next()
      if (step.done === true) return found
      each(step.value)
      found.push(step.value)
    }
  } finally {
    ready.return()
  }
}

/**
 * Waits until objects are ready, all or so many of them, or the time is up: gives those that are, in the order they became
 * so. Without a list, in the main greenlet: until nothing can ever run again (`true`), or the time is up (`false`).
 *
 * Suspends: until then. Cancellation: they are unlinked.
 *
 * @throws MisuseError for what cannot be linked
 * @example
 * ```ts
 * const [first] = wait([a, b], { count: 1 })
 * ```
 * @see gevent.wait
 */
export const wait: {
  <T extends Linkable>(objects: Iterable<T>, options?: WaitManyOptions): T[]
  (objects?: undefined, options?: { timeout?: number | undefined }): boolean
} = plainWait('wait', (objects?: Iterable<Linkable>, options: WaitManyOptions = {}) =>
  waitFor(objects, options),
) as never

function waitFor(objects: Iterable<Linkable> | undefined, options: WaitManyOptions): Waiting<unknown> {
  return objects === undefined ? joinHub(options.timeout) : readyOf('wait(…)', objects, options)
}

/** Until nothing but this greenlet is left, and it could wait for ever. */
function* joinHub(timeout: number | undefined): Waiting<boolean> {
  const parked = new Parked<boolean>('all others')
  const hub = getHub()
  const timer = timeout === undefined ? undefined : new HubTimer(hub, timeout, 0, true)
  timer?.start(parked.link, false)
  hub.loop._idleTimers += 1
  hub._joiners.add(parked)
  try {
    return yield* parked
  } finally {
    hub._joiners.delete(parked)
    hub.loop._idleTimers -= 1
    timer?.stop()
  }
}
