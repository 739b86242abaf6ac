import { cancelledError } from '../errors/cancelled-error.ts'
import { misuse } from '../errors/misuse.ts'
import { Pace } from '../loop/pace.ts'
import type { Entry } from '../loop/ready-ring.ts'
import { active, type Scheduler } from '../loop/scheduler.ts'
import { asyncStrand, currentLoop, type Runner, watcherLoop } from './current.ts'

/** A future, as an async function waits for it. */
export interface Settleable {
  readonly _loop: Scheduler
  done(): boolean
  cancel(reason?: unknown): boolean
  _take(): unknown
  _watch(waiter: { _notify(future: unknown): void }): void
}

/** The async function a wait stands in: keeps its waits, so that a cancel reaches each. */
export interface AsyncRunner extends Runner {
  _addWait(wait: AsyncWait): void
  _endWait(wait: AsyncWait): void
  /** Takes a cancel that could not be thrown yet; undefined if there is none. */
  _takePendingCancel(): { reason: unknown } | undefined
}

/** The promise of a future: what `await` gets. Resolved in the loop's turn, as a task would be woken. */
export function settleFuture<T>(
  future: Settleable,
  owner: AsyncRunner | undefined = asyncStrand() as AsyncRunner | undefined,
): Promise<T> {
  const pending = owner?._takePendingCancel()
  if (pending !== undefined) return Promise.reject(cancelledError(pending.reason))
  return hearFuture<T>(future, owner)
}

/** As `settleFuture`, whatever is to be thrown at the next wait. */
export function hearFuture<T>(future: Settleable, owner: AsyncRunner | undefined): Promise<T> {
  if (future.done()) return settled(future)
  for (let part: Runner | undefined = owner; part !== undefined; part = part._owner) {
    if ((part as unknown) === future) return Promise.reject(misuse('awaitedItself', part.name))
  }
  return new Promise<T>((resolve, reject) => {
    const wait = new AsyncWait(future, owner, resolve as (value: unknown) => void, reject)
    owner?._addWait(wait)
    future._watch(wait)
  })
}

/** Counts the satisfied waits of async functions: microtasks alone would never let the host in. */
const pace = new Pace()

/** Those that let the host in first. Whoever comes meanwhile stands behind them: nobody overtakes. */
const heldBack: (() => void)[] = []

function settled<T>(future: Settleable): Promise<T> {
  if (heldBack.length === 0) {
    pace.fuel -= 1
    if (active.loop !== undefined || pace.fuel > 0 || !pace.look()) {
      return new Promise<T>(resolve => resolve(future._take() as T))
    }
  }
  const loop = currentLoop()
  // Virtual time does not go on meanwhile.
  loop._outsideBegins()
  return new Promise<T>((resolve, reject) => {
    heldBack.push(() => {
      loop._outsideEnds()
      try {
        resolve(future._take() as T)
      } catch (error) {
        reject(error)
      }
    })
    if (heldBack.length === 1) loop._host.schedule(letGo)
  })
}

function letGo(): void {
  pace.begin()
  for (const goOn of heldBack.splice(0)) goOn()
}

/** An async function's wait: the part of a task's work that a promise has to do. */
export class AsyncWait implements Entry {
  readonly future: Settleable
  readonly #loop: Scheduler
  readonly #owner: AsyncRunner | undefined
  /** The future is a part of the very task that waits. */
  readonly #isPart: boolean
  readonly #resolve: (value: unknown) => void
  readonly #reject: (error: unknown) => void

  constructor(
    future: Settleable,
    owner: AsyncRunner | undefined,
    resolve: (value: unknown) => void,
    reject: (error: unknown) => void,
  ) {
    this.future = future
    this.#loop = owner?._loop ?? watcherLoop(future)
    this.#owner = owner
    this.#isPart = owner !== undefined && (future as Partial<Runner>)._owner === owner
    this.#resolve = resolve
    this.#reject = reject
  }

  _notify(): void {
    this.#loop._push(this)
  }

  run(): void {
    const owner = this.#owner
    this.#loop._resumedAsync(owner)
    owner?._endWait(this)
    // What ended inside the task is heard; a cancel that came meanwhile is for the next wait.
    const pending = this.#isPart ? undefined : owner?._takePendingCancel()
    try {
      const value = this.future._take()
      if (pending === undefined) this.#resolve(value)
      else this.#reject(cancelledError(pending.reason))
    } catch (error) {
      this.#reject(error)
    }
  }
}
