import { Context } from '../coroutine/context-var.ts'
import { Coroutine } from '../coroutine/coroutine.ts'
import { nativeStack } from '../coroutine/native-stack.ts'
import { NOWHERE, running, Surroundings } from '../coroutine/surroundings.ts'
import { type AnyFunction, give, type Steps } from '../coroutine/twin.ts'
import { plainWaits } from '../coroutine/twin-frame.ts'
import type { Strand } from '../coroutine/wait.ts'
import { checkCallback } from '../errors/check-callback.ts'
import { greenletExit } from '../errors/greenlet-exit.ts'
import { misuse as kernelMisuse } from '../errors/misuse.ts'
import { misuse } from '../errors/misuse-greenlets.ts'
import { showAsText } from '../errors/show.ts'
import { takeSurroundings } from '../loop/surround.ts'
import { currentLoop, currentStrand } from '../tasks/current.ts'
import { isOwnIterator } from '../tasks/runnable.ts'
import { e, mn, S } from '../twins/enter.ts'
import { currentOf, mainOutside, mains } from './here.ts'
import { BEGUN, base, DEAD, GreenletNode, NEW } from './node.ts'
import { refuse } from './plain-wait.ts'
import { ask, end, switching } from './switching.ts'

// biome-ignore lint/correctness/noUnusedVariables: it is one with the class, and has its parameters
export interface Greenlet<In extends readonly unknown[] = unknown[], Out = unknown> {
  /** What it runs: what it was made with, or what its class says. Can be set until it begins. */
  run?(...args: In): unknown
}

/**
 * A greenlet: a stack of calls that can be switched to, and from, in the midst of plain functions. All greenlets of a task
 * form a tree, with the task's main greenlet as its root: what a greenlet gives in the end, or throws, arrives at its parent.
 * A task is to greenlets what a thread is in Python. One that nobody switches to any more is let go as it stands.
 *
 * In transformed code `switch` is an ordinary call; a generator switches with `yield* switchTo(greenlet, …)`.
 *
 * @example
 * ```ts
 * const first = new Greenlet(() => { console.log(12); second.switch(); console.log(34) })
 * const second = new Greenlet(() => { console.log(56); first.switch(); console.log(78) })
 * first.switch() // 12 56 34
 * ```
 * @see greenlet.greenlet
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: a class that extends it may have run as a method, or be given one
export class Greenlet<In extends readonly unknown[] = unknown[], Out = unknown> extends GreenletNode {
  /**
   * @param run called at the first switch, with what that brings; a class that extends this may have a method `run` instead
   * @param parent who gets its result; else the current greenlet
   */
  constructor(run?: ((...args: In) => unknown) | undefined, parent?: Greenlet<never, unknown> | undefined) {
    if (run !== undefined) checkCallback('new Greenlet', run)
    if (parent !== undefined) checkGreenlet('the parent of a greenlet', parent)
    if (making !== undefined) {
      super(BEGUN, undefined, making, undefined)
      return
    }
    const strand = currentStrand()
    const around = strand === undefined ? NOWHERE : takeSurroundings(currentLoop())
    const context = around.vars.size === 0 ? around : new Surroundings(NOWHERE.vars, around.scope)
    super(NEW, parent ?? (strand === undefined ? undefined : currentOf(strand)), context, run)
  }

  /**
   * Goes on in this greenlet, with these values: its `switch` that stands still gives none, the one, or a list of several;
   * one that has not begun is called with them. In place of one that has ended its parent goes on. Gives what the switch
   * back brings.
   *
   * Suspends: the current greenlet, always; the task goes on. Cancellation: of the task, is thrown in the greenlet that waits.
   *
   * @throws what is thrown into the current greenlet meanwhile; CannotSuspendError where nothing can be suspended; MisuseError
   * if it belongs to another task, or has nothing to run
   */
  switch(..._args: In): Out {
    return refuse('Greenlet.switch', this.switch)
  }

  /**
   * Throws an error in this greenlet, where it stands: a GreenletExit if none is given, with which it ends and its parent
   * goes on. One that has not begun ends, and never runs; in place of one that has ended, its parent is thrown into.
   *
   * Suspends: the current greenlet, always.
   *
   * @throws as `switch`
   */
  throw(_error?: unknown): Out {
    return refuse('Greenlet.throw', this.throw)
  }

  /** Who goes on when this one ends. Undefined of a main greenlet. */
  get parent(): Greenlet | undefined {
    return this._parent as Greenlet | undefined
  }

  /** @throws MisuseError for what is no greenlet of this task, for a child of its own, and of a main greenlet */
  set parent(parent: Greenlet<never, unknown>) {
    if (this._isMain) throw misuse('parentOfMain')
    checkGreenlet('the parent of a greenlet', parent)
    for (let above: GreenletNode | undefined = parent; above !== undefined; above = above._parent)
      if (above === this) throw misuse('parentsInCircle', String(this))
    if (this._strand !== undefined && topOf(parent)._strand !== this._strand)
      throw misuse('greenletElsewhere', String(parent))
    this._parent = parent
  }

  /** Whether it has ended. */
  get dead(): boolean {
    return this._state === DEAD
  }

  /** Whether it has begun, and has not ended. */
  get started(): boolean {
    return this._state === BEGUN
  }

  /** The values that context variables have in it: none, when it is made. */
  get context(): Context {
    const strand = this._strand ?? currentStrand()
    const current = strand === undefined ? undefined : currentOf(strand)
    if (this._held === undefined) {
      this._held = new Context()
      this._held._context = this._isCurrent ? seatOf(this)._context : this._context
    }
    // Several may have this one. What the current greenlet has set in it is its task's until that moves on.
    else if (current?._held === this._held) this._held._context = seatOf(current)._context
    return this._held
  }

  /** Has it run in another context, which its changes go to; undefined for an empty one. */
  set context(context: Context | undefined) {
    if (context !== undefined && !(context instanceof Context)) throw kernelMisuse('notAContext', context)
    if (context !== undefined && context === this._held) return
    this._held = context
    const vars = context?._context.vars ?? NOWHERE.vars
    if (this._isCurrent) {
      const seat = seatOf(this)
      seat._context = new Surroundings(vars, seat._context.scope)
    } else this._context = new Surroundings(vars, this._context.scope)
  }

  /** @internal */
  get _isMain(): boolean {
    return this._parent === undefined && this._state === BEGUN
  }

  /** @internal */
  get _isCurrent(): boolean {
    return this._strand !== undefined && currentOf(this._strand) === this
  }

  override toString(): string {
    const name = (this._run as AnyFunction | undefined)?.name
    const state = this._isCurrent ? 'current' : this.dead ? 'dead' : this.started ? 'suspended' : 'pending'
    const what = this._isMain ? 'main ' : name === undefined || name === '' ? '' : `${name} `
    return `<${this.constructor.name} ${what}${state}>`
  }
}

Object.defineProperty(Greenlet.prototype, 'run', {
  configurable: true,
  get(this: Greenlet): unknown {
    return this._state === NEW ? this._run : undefined
  },
  set(this: Greenlet, run: unknown): void {
    if (this._state !== NEW) throw misuse('runAfterStart', String(this))
    checkCallback('run', run)
    this._run = run
  },
})

plainWaits.add(Greenlet.prototype.switch)
give(Greenlet.prototype.switch, function switchTwin(this: GreenletNode, ...values: unknown[]): Steps {
  if (nativeStack.noSuspend > 0) refuse('Greenlet.switch', switchTwin, true)
  ask(this, values.length < 2 ? values[0] : values, values.length, false)
  return switching as Steps
})

plainWaits.add(Greenlet.prototype.throw)
give(
  Greenlet.prototype.throw,
  function throwTwin(this: GreenletNode, error: unknown = greenletExit()): Steps {
    if (nativeStack.noSuspend > 0) refuse('Greenlet.throw', throwTwin, true)
    ask(this, error, 1, true)
    return switching as Steps
  },
)

function checkGreenlet(what: string, value: unknown): asserts value is Greenlet {
  if (!(value instanceof Greenlet)) throw misuse('notAGreenlet', what, value)
}

function topOf(greenlet: GreenletNode): GreenletNode {
  let top = greenlet
  while (top._strand === undefined && top._parent !== undefined) top = top._parent
  return top
}

function seatOf({ _strand }: GreenletNode): { _context: Surroundings } {
  return (_strand as unknown as { readonly _seat: { _context: Surroundings } })._seat
}

/** What is around the main greenlet that is being made: it has begun, and is the frame of nothing. */
let making: Surroundings | undefined

mains.make = (strand, context) => {
  making = context
  const main = new Greenlet()
  making = undefined
  main._strand = strand
  return main
}

base.steps.next = (...input) => {
  const strand = running.strand as unknown as Strand
  const greenlet = currentOf(strand)
  if (greenlet._state === BEGUN)
    return end(greenlet, strand, false, (input[0] as { _result: unknown })._result)
  const { depth } = nativeStack
  try {
    const value = begin(greenlet)
    return value === S ? { done: false, value } : end(greenlet, strand, false, value)
  } catch (error) {
    nativeStack.depth = depth
    return end(greenlet, strand, true, error)
  }
}
base.steps.throw = error => {
  const strand = running.strand as unknown as Strand
  return end(currentOf(strand), strand, true, error)
}

/** Calls what a greenlet runs; gives S if that has suspended. */
function begin(greenlet: GreenletNode): unknown {
  const run = greenlet._body
  const args = greenlet._args
  greenlet._state = BEGUN
  greenlet._args = []
  const product = mn(greenlet, run, args)
  const isToBeRun = product !== S && (isOwnIterator(product) || product instanceof Coroutine)
  return isToBeRun ? e(delegated(product as Iterable<unknown>), run) : product
}

function* delegated(product: Iterable<unknown>): Generator<unknown, unknown> {
  return yield* product
}

/**
 * The current greenlet: in a task that has switched to none, the task's main greenlet.
 *
 * @example
 * ```ts
 * const parent = getcurrent()
 * new Greenlet(() => parent.switch('from inside')).switch() // 'from inside'
 * ```
 * @see greenlet.getcurrent
 */
export function getcurrent(): Greenlet {
  const strand = currentStrand()
  return (strand === undefined ? mainOutside() : currentOf(strand)) as Greenlet
}

showAsText(Greenlet.prototype)
