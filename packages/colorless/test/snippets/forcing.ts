import { nativeStack } from '../../../plait/src/coroutine/native-stack.ts'
import { sleep } from '../../../plait/src/greenlet.ts'
import * as twins from '../../../plait/src/twins.ts'

/*
 * The runtime of transformed code, but with switches that nobody asked for: where the policy says so, a call first gives way for a turn,
 * as if the callee began with `sleep(0)`, and is made only then.
 */

type Helper = (...args: unknown[]) => unknown
export type Runtime = Readonly<Record<string, unknown>>

/** The helpers that may suspend. */
export const CALLS: readonly string[] = [
  ...['c0', 'c1', 'c2', 'c3', 'c4', 'cn', 'm0', 'm1', 'm2', 'm3', 'm4', 'mn', 'e'],
  ...[
    'each',
    'item',
    'spread',
    'open',
    'draw',
    'drawRest',
    'shut',
    'make',
    'superCall',
    'take',
    'get',
    'set',
  ],
]

/** The others: they make something, or run to their end. */
export const REST: readonly string[] = [
  ...[
    'S',
    'END',
    'K',
    'give',
    'lend',
    'sync',
    'wrap',
    'bind',
    'methods',
    'strings',
    'toKey',
    'main',
    'awaited',
  ],
  ...['giveOwn', 'lendOwn', 'giveGOwn', 'lendGOwn', 'wrapOwn', 'giveG', 'lendG', 'wrapG', 'delegate'],
  ...['newTarget', 'keys', 'classTwins', 'builtIns', 'superGet', 'getSuper'],
]

/** When to switch: asked at each call that could. */
export const forcing: { due: () => boolean; switches: number; calls: number } = {
  due: () => false,
  switches: 0,
  calls: 0,
}

/** At every `n`th call. */
export function every(n: number): () => boolean {
  let calls = 0
  return () => {
    calls += 1
    return calls % n === 0
  }
}

const never = (): boolean => false

/** Begins anew, with another policy. */
export function force(due: () => boolean = never): void {
  forcing.due = due
  forcing.switches = 0
  forcing.calls = 0
}

/** A runtime whose calls may be forced to switch. */
export function forced(real: Runtime): Runtime {
  const wrapped = CALLS.filter(name => name in real).map(
    name => [name, plaitForced(real, real[name] as Helper)] as const,
  )
  return { ...real, ...Object.fromEntries(wrapped) }
}

// Named as the runtime's own functions are, so that whoever reads a stack leaves it out as them.
function plaitForced(real: Runtime, helper: Helper): Helper {
  const enter = real.e as Helper
  return function plaitForcedCall(...args: unknown[]): unknown {
    // Beneath a native frame nothing can be suspended, so nothing is.
    if (nativeStack.noSuspend > 0) return helper(...args)
    forcing.calls += 1
    if (!forcing.due()) return helper(...args)
    forcing.switches += 1
    return enter(plaitFirstATurn(real, helper, args), forced)
  }
}

/** What a twin written by hand looks like. */
function* plaitFirstATurn(
  real: Runtime,
  helper: Helper,
  args: unknown[],
): Generator<unknown, unknown, Frame> {
  const { S } = real
  if ((real.c1 as Helper)(sleep, 0) === S) yield S
  const result = helper(...args)
  return result === S ? (yield S)._result : result
}

interface Frame {
  readonly _result: unknown
}

export const forcedTwins: Runtime = forced(twins)

/** Gives way for a turn: a plain function as a program has it. */
export const pause: () => void = twins.give(
  () => sleep(0),
  function* plaitPause(): Generator<unknown, void, Frame> {
    if (twins.c1(sleep, 0) === twins.S) yield twins.S
  },
)
