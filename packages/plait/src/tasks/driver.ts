import { Coroutine } from '../coroutine/coroutine.ts'
import { FOREIGN, KNOWN, STARTED } from '../coroutine/frame-state.ts'
import { nativeStack } from '../coroutine/native-stack.ts'
import { adopt, popReturned, popThrown, resume, THREW, thrown } from '../coroutine/stack.ts'
import { apart, nested, running, type Seat, type Surroundings } from '../coroutine/surroundings.ts'
import { SWITCHED, transfer } from '../coroutine/transfer.ts'
import { type AnyFunction, nextOf, type Steps } from '../coroutine/twin.ts'
import { greenletFrame } from '../coroutine/twin-frame.ts'
import { type Frame, HANDED_OVER, PASSED, passing, SUSPENDED, TURN, TURNING } from '../coroutine/wait.ts'
import { CancelledError, cancelledError } from '../errors/cancelled-error.ts'
import { misuse } from '../errors/misuse.ts'
import { listening, tell } from '../loop/instrument.ts'
import { active, type Scheduler } from '../loop/scheduler.ts'
import { takeSurroundings } from '../loop/surround.ts'
import { AsyncWaits } from './async-waits.ts'
import { callBody, type Waitable } from './call-body.ts'
import { cancelLine, takePendingCancel } from './cancel-line.ts'
import { failSoon } from './fail-soon.ts'
import { CANCELLED, FINISHED, Future, HANDED, PENDING, STATE, type Waiter } from './future.ts'
import { goesOn } from './greenlet-result.ts'
import { isOperation, isOwnIterator } from './runnable.ts'
import { giveSeat, seatElsewhere } from './seats.ts'
import type { AsyncRunner, AsyncWait } from './settle-future.ts'
import {
  ASYNC,
  BEGUN,
  MUST_CANCEL,
  NATIVE,
  ONE_CANCEL,
  OWN_CONTEXT,
  PART,
  PASSING_ON,
  PAUSED,
  SCOPED,
} from './task-state.ts'
import { wrongYield } from './wrong-yield.ts'

type Step = IteratorResult<unknown, unknown>

/** What a step gives when the rest is up to a promise. */
const IN_PROMISE: Step = { done: false, value: undefined }

/** With nothing of these but the first, a step is the plain case. */
const UNPLAIN: number = BEGUN | MUST_CANCEL | OWN_CONTEXT | SCOPED | PAUSED

/** The plain case, in a context of the host's. */
const PLAIN_IN_SCOPE: number = BEGUN | SCOPED

/**
 * What drives a coroutine or an async function through a loop: resumes it, reacts to what it does, parks it, cancels it.
 * The task is this with a name and a place among the others.
 */
export abstract class Driver<T> extends Future<T> implements Seat, AsyncRunner, Waiter {
  // As in Future: no fields of its own making, and no private methods, each call of which would check a brand.
  /** @internal What it runs, until it has begun; then the innermost generator: what a step resumes. */
  declare _gen: Steps
  /** @internal */ declare _leaf: Frame | undefined
  /** @internal What it is parked on; nothing before the first step and after a bare yield. */
  declare _waiting: Waitable | undefined
  /** @internal */ declare _context: Surroundings

  /** @internal */
  constructor(what: unknown, loop: Scheduler, seat: Seat | undefined, flags: number) {
    super({ loop })
    this._gen = what as Steps
    this._leaf = undefined
    this._waiting = undefined
    this._context = takeSurroundings(loop)
    this._flags = this._context.scope === undefined ? flags : flags | SCOPED
    if ((flags & PART) !== 0) this._flags |= OWN_CONTEXT
    else if (seat !== undefined) {
      this._flags |= OWN_CONTEXT
      giveSeat(this, seat)
    }
    // A generator needs no beginning: its first step is a step like any other, and costs a third of finding out.
    if (isOwnIterator(what)) this._flags |= what.next === nextOf ? BEGUN | NATIVE : BEGUN
    else if (what instanceof Coroutine) what._claim()
  }

  /** @internal What this is a part of: an async body's generator, an async function's awaited operation. */
  abstract get _owner(): Driver<unknown> | undefined
  /** @internal The name it has in messages. */
  abstract get name(): string
  /** @internal What the function that it runs is called with. */
  get _args(): readonly unknown[] {
    return []
  }

  /** @internal Its body has thrown: makes the error tell where that was. */
  abstract _explain(error: Error): void

  /**
   * Throws CancelledError at the place the task waits in; before its first step, the body never runs. Cleanup may wait
   * itself: the task is over when it is done, not when this returns. False if it was done already.
   */
  override cancel(reason?: unknown): boolean {
    if ((this._flags & (STATE | PASSING_ON)) !== 0) {
      this._taken()
      return false
    }
    cancelLine(this, reason)
    return true
  }

  /** How many cancels were asked for and not taken back. */
  cancelling(): number {
    return this._flags >>> 16
  }

  /** Takes one cancel back and gives how many remain. At none, a cancel not yet thrown is forgotten. */
  uncancel(): number {
    if (this._flags < ONE_CANCEL) return 0
    this._flags -= ONE_CANCEL
    if (this._flags < ONE_CANCEL) this._flags &= ~MUST_CANCEL
    return this._flags >>> 16
  }

  /** @internal A step in the loop's turn. The plain case is written flat, since it is every switch (41 ns against 28). */
  run(): void {
    const unplain = this._flags & UNPLAIN
    if (unplain === BEGUN && !listening.ever) this._plainStep()
    else this._runInContext(unplain)
  }

  /** @internal */
  _plainStep(): void {
    const waited = this._waiting
    if (waited !== undefined && waited !== TURN) {
      this._waiting = undefined
      if (((waited as Future<unknown>)._flags & STATE) !== FINISHED) {
        this._advance(true, (waited as Future<unknown>)._takeError())
        return
      }
    }
    running.strand = this
    passing.result = undefined
    let result: Step
    try {
      result = (this._flags & NATIVE) === 0 ? this._gen.next(waited) : nextOf.call(this._gen, waited)
    } catch (error) {
      running.strand = undefined
      nativeStack.depth = 0
      this._caught(error)
      return
    }
    running.strand = undefined
    if (passing.result === result && this._adopt(result)) return
    if (result === TURNING) {
      if (waited !== TURN) this._waiting = TURN
      this._loop._ring.push(this)
    } else if (result === SUSPENDED) this._park(SUSPENDED.value as Waitable)
    else if (result.done === true) this._ended(result)
    else if (result.value === undefined) {
      if (waited !== undefined) this._waiting = undefined
      this._loop._ring.push(this)
    } else this._yielded(result.value)
  }

  /** @internal The first step at once, wherever we are. */
  _runNow(): void {
    nested(this._seat, this._context.scope, step, this)
  }

  /** @internal Where its context variables are: here, in a context that was handed in, or with the whole it is a part of. */
  get _seat(): Seat {
    return (this._flags & OWN_CONTEXT) === 0 ? this : seatElsewhere(this)
  }

  /** @internal */
  _notify(): void {
    if (listening.ever) tell(this._loop, 'wakes', this)
    this._loop._push(this)
  }

  /** @internal */
  _addWait(wait: AsyncWait): void {
    if (!(this._waiting instanceof AsyncWaits)) this._waiting = new AsyncWaits(this._loop)
    ;(this._waiting as AsyncWaits).add(wait)
    if (listening.ever) tell(this._loop, 'parks', this, wait.future)
  }

  /** @internal */
  _endWait(wait: AsyncWait): void {
    if (this._waiting instanceof AsyncWaits) this._waiting.delete(wait)
  }

  /** @internal */
  _takePendingCancel(): { reason: unknown } | undefined {
    return takePendingCancel(this)
  }

  /** @internal A cancel that came too early for the wait it met is thrown at the next one. */
  _postpone(reason: unknown): void {
    if ((this._flags & STATE) !== PENDING) return
    this._flags |= MUST_CANCEL
    this._value = reason
  }

  /** @internal From here on a promise says what becomes of it. */
  _follow(promise: PromiseLike<unknown>): void {
    this._flags |= ASYNC | BEGUN
    this._waiting ??= new AsyncWaits(this._loop)
    this._loop._resumedAsync(this)
    promise.then(
      value => this._returned(value),
      error => this._threw(error),
    )
  }

  private _runInContext(unplain: number): void {
    const { scope } = this._context
    if (scope !== undefined && unplain === PLAIN_IN_SCOPE && !listening.ever) {
      scope.runInAsyncScope(plainStep, undefined, this)
    } else if ((this._flags & OWN_CONTEXT) !== 0) apart(this._seat, scope, step, this)
    else if (scope === undefined) this._step()
    else scope.runInAsyncScope(step, undefined, this)
  }

  _step(): void {
    const waited = this._waiting
    let [throwing, input]: [boolean, unknown] = [false, waited]
    if (waited !== undefined && waited !== TURN) {
      this._waiting = undefined
      if (((waited as Future<unknown>)._flags & STATE) !== FINISHED) {
        throwing = true
        input = (waited as Future<unknown>)._takeError()
      }
    }
    if ((this._flags & PAUSED) !== 0) this._flags &= ~PAUSED
    else if ((this._flags & MUST_CANCEL) !== 0) {
      if (!throwing || !(input instanceof CancelledError)) {
        throwing = true
        input = cancelledError(this._value)
      }
      this._flags &= ~MUST_CANCEL
      this._value = undefined
    }
    this._advance(throwing, input)
  }

  /** @internal */
  _advance(throwing: boolean, input: unknown): void {
    const outer = running.strand
    running.strand = this
    if (listening.ever) tell(this._loop, 'stepBegins', this)
    const result = (this._flags & BEGUN) !== 0 ? resume(this, throwing, input) : this._begin(throwing, input)
    running.strand = outer
    if (this._leaf !== undefined) this._goOnWith(this._leaf)
    if (result === THREW) this._threw(thrown.error)
    else if (result === SUSPENDED || result === TURNING) this._park(result.value as Waitable)
    else if (result.done === true) this._returned(result.value)
    else if (result === SWITCHED) transfer.goOn(this)
    else if (result !== IN_PROMISE) this._yielded(result.value)
    if (listening.ever) tell(this._loop, 'stepEnds', this)
  }

  /** The innermost frame threw: on to its caller, if it has one. */
  private _caught(error: unknown): void {
    if (popThrown(this, error)) this._advance(true, error)
    else this._threw(error)
  }

  /** The innermost frame returned: on to its caller, if it has one. */
  private _ended({ value }: Step): void {
    const frame = this._leaf
    if (popReturned(this, value)) this._advance(false, frame)
    else this._returned(value)
  }

  /** Takes a callee over; one that was not entered yet is entered here, and that is the step. */
  private _adopt(result: unknown): boolean {
    adopt(this)
    if (this._leaf !== undefined) this._goOnWith(this._leaf)
    if (result === HANDED_OVER) this._advance(false, undefined)
    return result === HANDED_OVER
  }

  /** @internal What a step resumes is the innermost frame. */
  _goOnWith(leaf: Frame): void {
    this._gen = leaf._gen
    if ((leaf._flags & KNOWN) !== 0) this._flags |= NATIVE
    else if ((leaf._flags & FOREIGN) !== 0) this._flags &= ~NATIVE
  }

  /** A plain `yield`: of nothing, it gives way for a turn. */
  private _yielded(value: unknown): void {
    if (value === undefined) {
      this._waiting = undefined
      this._loop._push(this)
    } else if (value === PASSED) this._passed(passing.result as Step)
    else if (value === transfer) transfer.go(this)
    else failSoon(this, wrongYield(value))
  }

  /** A wait in a plain function has suspended it and those that called it: this is what the wait itself gave. */
  private _passed(result: Step): void {
    if (this._adopt(result)) return
    if (result === SUSPENDED || result === TURNING) this._park(result.value as Waitable)
    else this._yielded(result.value)
  }

  /** The first step: finds out what it is that the task runs. */
  private _begin(throwing: boolean, input: unknown): Step {
    this._flags |= BEGUN
    const what: unknown = this._gen
    try {
      if (throwing) {
        if (what instanceof Coroutine) what._close()
        throw input
      }
      return typeof what === 'function' ? this._call(what as AnyFunction, this._args) : this._drive(what)
    } catch (error) {
      thrown.error = error
      return THREW
    }
  }

  private _call(body: AnyFunction, args: readonly unknown[]): Step {
    this._leaf = greenletFrame(body, args, this)
    if (this._leaf !== undefined) return resume(this, false, undefined)
    const product = callBody(body, args as never[], this, this._loop._asyncContext)
    if (!isOperation(product)) {
      this._follow(product as PromiseLike<unknown>)
      return IN_PROMISE
    }
    if (product instanceof Coroutine) product._claim()
    return this._drive(product)
  }

  private _drive(what: unknown): Step {
    if (what instanceof Coroutine) {
      this._leaf = what
      this._flags |= NATIVE
      what._strand = this
      what._flags |= STARTED
    } else this._gen = (what as Iterable<unknown>)[Symbol.iterator]() as Steps
    return resume(this, false, undefined)
  }

  private _park(target: Waitable): void {
    if (target === TURN) {
      this._waiting = target
      this._loop._push(this)
      return
    }
    const future = target as unknown as Future<unknown>
    if ((future._flags & STATE) !== PENDING) {
      // A satisfied wait that let the host in: this task goes on, before all others, when it comes back.
      this._flags |= PAUSED
      this._waiting = target
      if (active.loop === this._loop) this._loop._pause(this)
      else this._loop._push(this)
      return
    }
    if ((future as unknown) === this) {
      failSoon(this, misuse('awaitedItself', this.name))
      return
    }
    future._watch(this)
    this._waiting = target
    if ((this._flags & MUST_CANCEL) !== 0 && future.cancel(this._value)) {
      this._flags &= ~MUST_CANCEL
      this._value = undefined
    }
    if (listening.ever) tell(this._loop, 'parks', this, target)
  }

  private _returned(value: unknown): void {
    if (this._leaf !== undefined && goesOn(this, value)) return
    if ((this._flags & MUST_CANCEL) !== 0) {
      this._flags &= ~MUST_CANCEL
      const whole = this._owner
      if (whole === undefined) return this._finish(CANCELLED, this._value)
      // A part ends inside its task, which goes on: the cancel is for its next wait, and the result is not lost.
      whole._postpone(this._value)
    }
    if (this._flags >= ONE_CANCEL) tell(this._loop, 'swallowedCancel', this)
    this._finish(FINISHED, value)
  }

  private _threw(error: unknown): void {
    if (error instanceof CancelledError) {
      this._flags |= HANDED
      this._finish(CANCELLED, error)
      return
    }
    if (error instanceof Error) this._explain(error)
    this._fail(error)
  }
}

const plainStep = (task: Driver<unknown>): void => task._plainStep()
const step = (task: Driver<unknown>): void => task._step()
