import type { Scheduler } from '../loop/scheduler.ts'
import { isUnderWay } from '../tasks/create-task.ts'
import { type Droppable, dropWaiter } from '../tasks/drop-waiter.ts'
import { FINISHED, Future, PENDING, STATE } from '../tasks/future.ts'
import { type Choice, LATER, Place } from '../tasks/place.ts'
import { givingWay, Sleep } from '../tasks/sleep.ts'

/** One case of a select, under its name. */
export interface Branch {
  readonly kind: string
  /** Its value, if it can be had at once. */
  attempt(): unknown
  /** Waits beside the others. */
  enter(choice: Choosing): void
  /** Its value, after it was the one to be chosen; LATER if somebody was quicker. */
  claim(): unknown
  /** Goes without, this time; false if it is too late for that. */
  withdraw(): boolean
  /** The select is over. */
  end(): void
  describe(): string
  blockers(): Iterable<Future<unknown>>
}

/** What a select waits for: the first of its branches. */
export class Choosing extends Future<Branch> implements Choice {
  readonly #branches: readonly Branch[]

  constructor(loop: Scheduler, branches: readonly Branch[]) {
    super({ loop })
    this.#branches = branches
  }

  /** @internal */
  _settle(place: Place<unknown>): void {
    const chosen = this.#branches.find(branch => branch instanceof PlaceBranch && branch.place === place)
    this._choose(chosen as Branch)
  }

  /** @internal */
  _choose(branch: Branch): void {
    if ((this._flags & STATE) === PENDING) this._finish(FINISHED, branch)
  }

  override _describe(): string {
    return `one of ${this.#branches.map(branch => `${branch.kind} (${branch.describe()})`).join(', ')}`
  }

  override _blockers(): Iterable<Future<unknown>> {
    return this.#branches.flatMap(branch => [...branch.blockers()])
  }
}

/** A place in some line. */
class PlaceBranch implements Branch {
  readonly kind: string
  readonly place: Place<unknown>

  constructor(kind: string, place: Place<unknown>) {
    this.kind = kind
    this.place = place
    place._begin()
  }

  attempt(): unknown {
    return this.place._gate._attempt(this.place)
  }

  enter(choice: Choosing): void {
    this.place._enter(choice)
  }

  claim(): unknown {
    return this.place._gate._claim(this.place)
  }

  withdraw(): boolean {
    return this.place._withdraw()
  }

  end(): void {}

  describe(): string {
    return this.place._describe()
  }

  blockers(): Iterable<Future<unknown>> {
    return this.place._blockers()
  }
}

/** A task or a future, which goes on whether it is chosen or not. */
class FutureBranch implements Branch {
  readonly kind: string
  future: Future<unknown> | undefined
  #waiter: Droppable | undefined

  constructor(kind: string, future?: Future<unknown>) {
    this.kind = kind
    this.future = future
  }

  attempt(): unknown {
    return this.future?.done() === true ? this.future._take() : LATER
  }

  enter(choice: Choosing): void {
    const waiter = { _isDropped: false, _notify: () => void (waiter._isDropped || choice._choose(this)) }
    this.#waiter = waiter
    this.future?._watch(waiter)
  }

  claim(): unknown {
    return this.future?._take()
  }

  withdraw(): boolean {
    if (this.future !== undefined && this.#waiter !== undefined) dropWaiter(this.future, this.#waiter)
    return true
  }

  end(): void {}

  describe(): string {
    return this.future?._describe() ?? 'a sleep'
  }

  blockers(): Iterable<Future<unknown>> {
    return this.future?._blockers() ?? []
  }
}

/** A sleep, which begins when it is known that nothing is ready, and is over with the select. */
class SleepBranch extends FutureBranch {
  readonly #begin: () => Future<void>

  constructor(kind: string, begin: () => Future<void>) {
    super(kind)
    this.#begin = begin
  }

  override enter(choice: Choosing): void {
    this.future ??= this.#begin()
    super.enter(choice)
  }

  override end(): void {
    this.future?.cancel()
  }
}

/** A turn for the others, as a future. */
function nextTurn(loop: Scheduler): Future<void> {
  const turn = new Future<void>({ loop })
  loop._push({ run: () => void (turn.done() || turn._finish(FINISHED, undefined)) })
  return turn
}

/** The branch for what stands under a name; undefined if select cannot take it. */
export function branchOf(kind: string, what: unknown, loop: Scheduler): Branch | undefined {
  if (what instanceof Place) return new PlaceBranch(kind, what)
  if (what === givingWay) return new SleepBranch(kind, () => nextTurn(loop))
  if (what instanceof Sleep) {
    const ms = what._begin()
    return new SleepBranch(kind, () => (ms > 0 ? what._start(ms) : nextTurn(loop)))
  }
  return isUnderWay(what) ? new FutureBranch(kind, what) : undefined
}
