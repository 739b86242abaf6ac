import { greenletOf } from '../coroutine/greenlet.ts'
import type { Awaitable, Operation, Waiting } from '../coroutine/wait.ts'
import { checkCallback } from '../errors/check-callback.ts'
import { misuse } from '../errors/misuse-bridges.ts'
import { Call } from '../tasks/call.ts'
import { createTask } from '../tasks/create-task.ts'
import { Parking } from '../tasks/line-gate.ts'
import { Place } from '../tasks/place.ts'
import type { Body } from '../tasks/runnable.ts'
import type { Flow } from '../tasks/source.ts'
import type { Task } from '../tasks/task.ts'
import { wait } from '../tasks/wait.ts'
import { FedSource } from './fed-source.ts'

/** Hands an item over, and waits until the next one is asked for. */
export type Emit<T> = (item: T) => Awaitable<void>

/**
 * Makes an async generator of a function that waits in any color and hands its items over with `emit`. The typed function
 * it gives returns a Flow, which begins when the first item is asked for, in a task of its own named after the function,
 * with the context variables of whoever asks.
 *
 * What stands after an `emit` runs when the next item is asked for. Leaving the flow early cancels the task, at its `emit` or
 * wherever it waits, and waits for its cleanup; its error reaches whoever asks for the next item, or leaves.
 *
 * Suspends: asking for the next item, until it is emitted; `emit`, until one more is asked for. Cancellation: of a single
 * `next`, loses nothing: the item is for whoever asks next; of an `emit`, the item was handed over. Fairness: first come,
 * first served.
 *
 * @throws MisuseError from `emit`, while another one waits, and once the flow was left or has ended
 * @example
 * ```ts
 * const pages = asyncGenerator(function* pages(emit: Emit<Page>, first: string) {
 *   for (let url: string | undefined = first; url !== undefined; ) {
 *     const page = yield* fetchPage(url)
 *     yield* emit(page)
 *     url = page.next
 *   }
 * })
 * yield* pages('https://example.org/1').forEach(function* (page) { console.log(page.title) })
 * ```
 * @see PEP 525
 */
export function asyncGenerator<T, This = unknown, A extends unknown[] = never[]>(
  fn: (this: This, emit: Emit<T>, ...args: A) => Operation<unknown> | PromiseLike<unknown>,
): (this: This, ...args: A) => Flow<T> {
  checkCallback('asyncGenerator', fn)
  const make = function (this: This, ...args: A): Flow<T> {
    return new Emitted<T>(
      fn.name || 'asyncGenerator',
      emit => greenletOf(fn, [emit, ...args], this) ?? fn.call(this, emit, ...args),
    )
  }
  Object.defineProperty(make, 'name', { value: fn.name, configurable: true })
  return make
}

class Emitted<T> extends FedSource<T> {
  override readonly _isOutside = false
  readonly #name: string
  readonly #body: Body<[emit: Emit<T>], unknown>
  /** Where `emit` waits until more is asked for. */
  readonly #pause: Parking
  #task: Task<unknown> | undefined
  /** The task, once the flow is being left. */
  #left: Task<unknown> | undefined

  constructor(name: string, body: Body<[emit: Emit<T>], unknown>) {
    super(`${name}(…)`)
    this.#name = name
    this.#body = body
    this.#pause = new Parking('emit(…)', () => `somebody to ask for the next item of ${this._what}`)
  }

  override _awaited(): string {
    return `the next item of ${this._what}`
  }

  override _workers(): readonly Task<unknown>[] {
    return this.#task === undefined ? [] : [this.#task]
  }

  override _wanted(): void {
    if (this.#task === undefined) this.#start()
    else this.#pause._line.releaseNext()
  }

  override *_leave(): Waiting<void> {
    if (!this._intake.isOver) {
      this._ended()
      this.#left = this.#task
      this.#left?.cancel()
    }
    this._intake.clear()
    const task = this.#left
    if (task === undefined) return
    yield* wait([task])
    if (!task.cancelled()) task._take()
  }

  #start(): void {
    const emit: Emit<T> = item => new Call('emit(…)', () => this.#emit(item))
    const task = createTask<unknown>(() => this.#body(emit), { name: this.#name })
    this.#task = task
    // Its error is that of the source: reported if nobody asks for it.
    task._watch({ _notify: () => this._intake.end(task) })
  }

  *#emit(item: T): Waiting<void> {
    if (this._intake.isOver) throw misuse('emittedTooLate', this._what)
    if (this.#pause._line.size > 0) throw misuse('emittedTogether', this._what)
    this._intake.put(item)
    if (!this._intake.isWanted) yield* new Place(this.#pause)
  }
}
