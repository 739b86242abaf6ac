import { Context } from '../coroutine/context-var.ts'
import { RootFrame } from '../coroutine/stack.ts'
import { TwinFrame } from '../coroutine/twin-frame.ts'
import { misuse } from '../errors/misuse.ts'
import { showAsText } from '../errors/show.ts'
import { listening, tell } from '../loop/instrument.ts'
import type { Rostered } from '../loop/roster.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import { AsyncWaits } from './async-waits.ts'
import { currentStrand } from './current.ts'
import { Driver } from './driver.ts'
import { Future } from './future.ts'
import { leaveWhole } from './seats.ts'
import { stitchStack } from './stitch-stack.ts'
import { signalOf } from './task-signal.ts'
import { type StackEntry, stackOf } from './task-stack.ts'
import { PART } from './task-state.ts'

let made = 0
function nextNumber(): number {
  made += 1
  return made
}

/** Parts whose task ended without them: cancelled already, and at their cleanup. */
const abandoned = new WeakSet<Task<unknown>>()

export function isAbandoned(task: Task<unknown>): boolean {
  return abandoned.has(task)
}

/** A task that is part of another: no name of its own, and no place among the tasks. */
export function partOf<T>(whole: Task<unknown>, what: unknown): Task<T> {
  return new Task<T>(what, whole._loop, undefined, undefined, whole)
}

/**
 * A coroutine or an async function on its way through a loop. Waiting for a task observes it, any number of times;
 * a task whose error nobody takes is reported.
 *
 * Made by `createTask`, a group or `run`.
 *
 * @example
 * ```ts
 * const task = createTask(load(url), { name: 'load' })
 * console.log(String(task)) // <Task pending name='load'>
 * const page = yield* task
 * ```
 * @see asyncio.Task
 */
export class Task<T> extends Driver<T> implements Rostered {
  /** @internal Its name, or its number where it was given none. */
  _name: string | number
  /** @internal The task that made it; for a part, the task it is a part of. Let go at the end: lines must not pile up. */
  _parent: Task<unknown> | undefined
  /** @internal */ _previous: Rostered | undefined = undefined
  /** @internal */ _next: Rostered | undefined = undefined

  /** @internal */
  constructor(what: unknown, loop: Scheduler, name?: string, context?: Context, partOf?: Task<unknown>) {
    super(what, loop, context, partOf === undefined ? 0 : PART)
    if (partOf === undefined) {
      this._parent = (currentStrand() as Task<unknown> | undefined)?._whole
      this._name = name ?? nextNumber()
      loop._roster.add(this)
    } else {
      this._parent = partOf
      this._name = partOf._name
    }
    if (listening.ever) tell(loop, 'taskMade', this, this._parent)
  }

  override get name(): string {
    return typeof this._name === 'number' ? `Task-${this._name}` : this._name
  }

  override set name(name: string) {
    this._name = name
  }

  getName(): string {
    return this.name
  }

  setName(name: string): void {
    this._name = name
  }

  /** The task that made this one, while both are alive. */
  get parent(): Task<unknown> | undefined {
    const parent = this._parent
    return parent === undefined || parent.done() ? undefined : parent
  }

  /** Aborted when the task is cancelled: for whatever takes a signal. Made when first read. */
  get signal(): AbortSignal {
    return signalOf(this)
  }

  /**
   * The coroutine or generator it drives; the function it was given where that is plain, async or has not begun. Undefined
   * once it is done: what its frames held is let go.
   */
  getCoro(): unknown {
    let frame = this._leaf
    while (frame?._caller !== undefined) frame = frame._caller
    return frame === undefined
      ? this._gen
      : frame instanceof RootFrame
        ? frame._gen
        : frame instanceof TwinFrame
          ? frame._fn
          : frame
  }

  /** The values its context variables have. */
  getContext(): Context {
    const seat = this._seat
    if (seat instanceof Context) return seat
    const context = new Context()
    context._context = seat._context
    return context
  }

  override setResult(_value: T): void {
    throw misuse('settledTask', 'setResult')
  }

  override setException(_error: unknown): void {
    throw misuse('settledTask', 'setException')
  }

  /** As text: a task is part of a web of others, which no logger should follow. */
  toJSON(): string {
    return this.toString()
  }

  override toString(): string {
    const [state, ...rest] = this._stateText().split(' ')
    return `<Task ${[state, `name='${this.name}'`, ...rest].join(' ')}>`
  }

  /** Where it stands: its coroutines, outermost first, and what the innermost waits in. */
  getStack(): StackEntry[] {
    return stackOf(this)
  }

  /** Prints where it stands. */
  printStack(print: (line: string) => void = console.log): void {
    print(`Stack of ${this} (outermost first):`)
    for (const { name, location } of this.getStack())
      print(`  ${name}${location === undefined ? '' : ` at ${location}`}`)
  }

  /** @internal The task this is a part of. */
  override get _owner(): Task<unknown> | undefined {
    return (this._flags & PART) === 0 ? undefined : this._parent
  }

  /** @internal The task as the world knows it: for a part, that which it is a part of. */
  get _whole(): Task<unknown> {
    let whole: Task<unknown> = this
    while (whole._owner !== undefined) whole = whole._owner
    return whole
  }

  /** @internal */
  override _finish(state: number, value: unknown): void {
    if (this._waiting instanceof AsyncWaits) for (const left of this._waiting.end()) abandon(this, left)
    this._waiting = undefined
    if ((this._flags & PART) === 0) this._loop._roster.remove(this)
    super._finish(state, value)
    this._gen = undefined as never
    this._leaf = undefined
    if (listening.ever) tell(this._loop, 'done', this)
    this._parent = undefined
  }

  /** @internal */
  override _describe(): string {
    return `${this.name}${this.done() ? '' : ', which is not done'}`
  }

  /** @internal */
  override _blockers(): Iterable<Future<unknown>> {
    return [this]
  }

  /** @internal */
  override _title(): string {
    return this.name
  }

  /** @internal */
  override _explain(error: Error): void {
    stitchStack(error, this)
  }
}

/** A part that an async function began and did not wait for to its end: cancelled, and on its own until that is done. */
function abandon(whole: Task<unknown>, left: unknown): void {
  if (!(left instanceof Task) || left._owner !== whole) return
  leaveWhole(left)
  left._loop._roster.add(left)
  abandoned.add(left)
  left.cancel()
}

// A task is part of a web of others.
showAsText(Future.prototype)
