import type { Context } from '../coroutine/context-var.ts'
import { FOREIGN } from '../coroutine/frame-state.ts'
import type { Surroundings } from '../coroutine/surroundings.ts'
import type { Steps } from '../coroutine/twin.ts'
import type { Frame, Strand } from '../coroutine/wait.ts'

/*
 *   NEW ──first switch──▶ BEGUN ──run returns or throws──▶ DEAD
 *    └────── throw: it never runs ─────────────────────────▲
 *
 * A main greenlet is BEGUN from the start, and ends with its task.
 */
export const NEW = 0
export const BEGUN = 1
export const DEAD = 2

/** Steps every greenlet from its outermost frame; which greenlet that is, is told by whose turn it is. */
export const base: { steps: Steps } = {
  steps: {
    next: () => {
      throw new Error('a greenlet was stepped before there were any')
    },
  },
}

/**
 * What a switch needs of a greenlet. It is the outermost frame of its own stack: what it runs is that frame's callee, and
 * when that returns, the frame hands what it gave to the parent.
 */
export class GreenletNode implements Frame {
  /** @internal */ readonly _gen: Steps = base.steps
  /** @internal */ _flags: number = FOREIGN
  /** @internal */ readonly _caller = undefined
  /** @internal */ _inner: Frame | undefined = undefined
  /** @internal The task it belongs to: known of main greenlets, and of others from their first switch on. */
  _strand: Strand | undefined = undefined
  /** @internal */ _result: unknown = undefined
  /** @internal */ _state: number
  /** @internal None: that of a main greenlet, and of one that was made outside of any task until its first switch. */
  _parent: GreenletNode | undefined
  /** @internal Its innermost frame, while it is suspended. */
  _leaf: Frame | undefined = undefined
  /** @internal What is around it, while it is suspended. */
  _context: Surroundings
  /** @internal The context that was handed in or asked for: it has to follow. */
  _held: Context | undefined = undefined
  /** @internal What it is to run, until it begins. */
  _run: unknown
  /** @internal What it is to be called with. */
  _args: readonly unknown[] = []

  /** @internal */
  constructor(state: number, parent: GreenletNode | undefined, context: Surroundings, run: unknown) {
    this._state = state
    this._parent = parent
    this._context = context
    this._run = run
  }

  /** @internal What a stack calls it. */
  get name(): string {
    return 'greenlet'
  }

  /** @internal What is to be run: what it was given, or what its class says. */
  get _body(): unknown {
    return (this as { run?: unknown }).run
  }
}
