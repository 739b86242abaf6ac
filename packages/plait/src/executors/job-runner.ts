import { Coroutine } from '../coroutine/coroutine.ts'
import { makesOperation } from '../coroutine/create.ts'
import { waits } from '../coroutine/failure.ts'
import { greenletOf } from '../coroutine/greenlet.ts'
import { running } from '../coroutine/surroundings.ts'
import type { Waiting } from '../coroutine/wait.ts'
import { active, type Scheduler } from '../loop/scheduler.ts'
import { perform } from '../tasks/async-enterable.ts'
import { currentStrand } from '../tasks/current.ts'
import { settled } from '../tasks/follow-promise.ts'
import { followed } from '../tasks/followed.ts'
import { CANCELLED, FINISHED, STATE } from '../tasks/future.ts'
import { given } from '../tasks/given.ts'
import { isOwnIterator } from '../tasks/runnable.ts'
import { Task } from '../tasks/task.ts'
import { MUST_CANCEL } from '../tasks/task-state.ts'
import type { AnyFunction } from './reference.ts'

/** Jobs that are quick follow each other for so long; then the host has its turn. */
const SLICE_MS = 4

/** A job as whoever runs it needs it. */
export interface Order {
  readonly name: string
  readonly args: readonly unknown[]
  /** What it calls, or the promise of that. */
  load(): AnyFunction | Promise<AnyFunction>
  /** Called in its task when that is loaded, before it is called. */
  prepare?(): void
  /** Runs beside the others, however many there are. */
  readonly isBeside?: boolean | undefined
  /** Asked when its turn has come: false if it is not wanted any more. */
  claim?(): boolean
  /** Told that it begins now. */
  begins?(): void
  ended(outcome: Outcome): void
  progressed?(value: unknown): void
}

/** How a job ended. */
export type Outcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'cancelled'; readonly reason: unknown }

/** The jobs under way on this thread, by their tasks: not held weakly, which would cost 4 µs for each. */
const jobs = new Map<object, Order>()

/** The jobs on this thread whose functions were called, and have not ended: the modules of those are loaded. */
const calling = new Set<object>()

/** Whether the function of any job is under way here. */
export function isInJob(): boolean {
  return calling.size > 0
}

/** The job whose code is running: also in tasks that it has made. */
export function currentJob(): Order | undefined {
  return jobOf(currentStrand() as Task<unknown> | undefined)
}

/** The job that a task is of, or one of the tasks that made it. */
export function jobOf(task: Task<unknown> | undefined): Order | undefined {
  for (let maker = task?._whole; maker !== undefined; maker = maker._parent) {
    const job = jobs.get(maker)
    if (job !== undefined) return job
  }
  return undefined
}

/** A task is that of a job, until it is done. */
export function noteJob(task: Task<unknown>, job: Order): void {
  jobs.set(task, job)
}

/** It is done. */
export function forgetJob(task: Task<unknown>): void {
  jobs.delete(task)
}

/** Runs jobs on a loop of this thread, so many at once; the others wait for their turn, first come first. */
export class JobRunner {
  readonly #loop: () => Scheduler
  readonly #concurrency: number
  readonly #waiting: Order[] = []
  readonly #tasks = new Map<Order, Task<unknown>>()
  /** Of those that take turns. */
  #running = 0
  #isPaused = false

  constructor(loop: () => Scheduler, concurrency: number) {
    this.#loop = loop
    this.#concurrency = concurrency
  }

  /** How many have begun. */
  get begun(): number {
    return this.#tasks.size
  }

  add(order: Order): void {
    if (order.isBeside === true) this.#begin(order)
    else {
      this.#waiting.push(order)
      this.#next()
    }
  }

  /** Cancels a job: gives its task, if it has begun and goes on for now. */
  cancel(order: Order, reason: unknown): Task<unknown> | undefined {
    const place = this.#waiting.indexOf(order)
    if (place !== -1) {
      this.#waiting.splice(place, 1)
      order.ended({ kind: 'cancelled', reason })
      return undefined
    }
    const task = this.#tasks.get(order)
    task?.cancel(reason)
    return task
  }

  #next(): void {
    if (this.#isPaused) return
    const end = performance.now() + SLICE_MS
    while (this.#running < this.#concurrency) {
      const order = this.#waiting.shift()
      if (order === undefined) return
      if (order.claim?.() !== false) this.#begin(order)
      if (performance.now() > end) {
        this.#pause()
        return
      }
    }
  }

  /** Goes on when the host has had its turn. */
  #pause(): void {
    this.#isPaused = true
    this.#loop()._host.schedule(() => {
      this.#isPaused = false
      this.#next()
    })
  }

  #begin(order: Order): void {
    if (order.isBeside !== true) this.#running += 1
    const loop = this.#loop()
    const task = new Task<unknown>(() => begun(order), loop, order.name)
    this.#tasks.set(order, task)
    noteJob(task, order)
    order.begins?.()
    if (!isQuick(order) || active.loop !== undefined || running.strand !== undefined) loop._push(task)
    else {
      task._runNow()
      if (task.done()) {
        this.#end(order, task)
        return
      }
    }
    task._watch({
      _notify: () => {
        this.#end(order, task)
        this.#next()
      },
    })
  }

  #end(order: Order, task: Task<unknown>): void {
    this.#tasks.delete(order)
    calling.delete(order)
    forgetJob(task)
    if (order.isBeside !== true) this.#running -= 1
    order.ended(outcomeOf(task))
  }
}

/**
 * Functions that have just returned what they had to return. They are called where their message is heard, in place of a
 * turn of the loop later: so the answer is there before whoever asked has gone to sleep, and waking it takes longer than all
 * of this (a no-op at 50 µs in place of 70).
 */
const quick = new WeakSet<AnyFunction>()

function isQuick(order: Order): boolean {
  try {
    const fn = order.load()
    return typeof fn === 'function' && quick.has(fn)
  } catch {
    return false // Its task is told, which loads it too.
  }
}

/** What a job's task is to run: it is called in its first step, whatever its color. */
function begun(order: Order): unknown {
  const loaded = order.load()
  if (typeof loaded !== 'function') return call(order)
  order.prepare?.()
  calling.add(order)
  const greenlet = greenletOf(loaded as AnyFunction, order.args)
  if (greenlet !== undefined) return followed(greenlet)
  const product = loaded(...order.args)
  if (!waits(product)) {
    if (!quick.has(loaded)) quick.add(loaded)
    return given(product)
  }
  quick.delete(loaded)
  // As a coroutine of its own it can be asked where it stands.
  return isOwnIterator(product) ? new Coroutine(product as Generator<unknown>, loaded) : product
}

/** Whether a cancel was asked for that nothing the task waits for could take. */
export function isDeaf(task: Task<unknown>): boolean {
  let innermost: Task<unknown> = task
  while (innermost._waiting instanceof Task && !innermost._waiting.done()) innermost = innermost._waiting
  return !innermost.done() && (innermost._flags & MUST_CANCEL) !== 0
}

/** Calls the function of a job, of any color, once its module is there. */
export function* call(order: Pick<Order, 'name' | 'args' | 'load' | 'prepare'>): Waiting<unknown> {
  const loaded = order.load()
  const fn = typeof loaded === 'function' ? loaded : yield* settled(loaded, `the module of ${order.name}`)
  order.prepare?.()
  calling.add(order)
  try {
    if (!makesOperation(fn)) return yield* perform(fn, order.name, ...order.args)
    // As a coroutine of its own it can be asked where it stands.
    const made = fn(...order.args) as Coroutine<unknown> | Generator<unknown, unknown, unknown>
    return yield* made instanceof Coroutine ? made : (new Coroutine(made, fn) as Coroutine<unknown>)
  } finally {
    calling.delete(order)
  }
}

function outcomeOf(task: Task<unknown>): Outcome {
  const state = task._flags & STATE
  if (state === FINISHED) return { kind: 'returned', value: task._value }
  const error = task._takeError()
  if (state === CANCELLED) return { kind: 'cancelled', reason: (error as { reason?: unknown }).reason }
  return { kind: 'threw', error }
}
