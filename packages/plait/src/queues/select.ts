import type { Awaitable, Operation, Selectable, Waiting, WaitOptions } from '../coroutine/wait.ts'
import { isCancelled } from '../errors/cancelled-error.ts'
import { misuse } from '../errors/misuse-together.ts'
import { Call } from '../tasks/call.ts'
import { currentLoop } from '../tasks/current.ts'
import { LATER } from '../tasks/place.ts'
import { strandOf } from '../tasks/run-body.ts'
import { checkSignal } from '../tasks/runnable.ts'
import { interruptible, Signalled, withOptions } from '../tasks/with-signal.ts'
import { type Branch, branchOf, Choosing } from './branch.ts'
import { shuffled } from './draw.ts'

/** What may stand as a case: a wait that can be withdrawn; undefined, which is never ready; null for `default`. */
type CasesOf<C> = { readonly [K in keyof C]: K extends 'default' ? null : Selectable<unknown> | undefined }

type ValueOf<W> = W extends Selectable<infer T> ? T : null

/**
 * The case that a `select` took, by its name, and its value.
 *
 * @example
 * ```ts
 * type Next = Selected<{ job: Selectable<Job>; tick: Selectable<void> }>
 * // { kind: 'job'; value: Job } | { kind: 'tick'; value: void }
 * ```
 */
export type Selected<C> = {
  [K in keyof C]: { readonly kind: K; readonly value: ValueOf<Exclude<C[K], undefined>> }
}[keyof C]

/**
 * Waits for the first of several, takes it, and leaves the others as if they had not been asked: no item is taken that is
 * not given, none is sent twice, tasks go on. `default: null` is taken when nothing is ready, so that it never waits. A case
 * that is `undefined` is never ready.
 *
 * Suspends: until one is ready; not at all if one is, or with a default. Cancellation: nothing is taken; an item that a
 * receiver has taken meanwhile was sent, and then the cancel is thrown at the next wait. Fairness: among those that are
 * ready one is drawn, each as likely as the others; in each line it waits its turn as anybody.
 *
 * @throws what the case taken throws: a task's error, QueueShutDownError, ChannelClosedError; the signal's reason
 * @example
 * ```ts
 * const next = yield* select({ job: jobs.get(), line: lines.receive(), tick: sleep(1000), done: task })
 * switch (next.kind) {
 *   case 'job': work(next.value); break
 *   case 'tick': report()
 * }
 * ```
 * @see Go's select
 */
export function select<const C extends CasesOf<C>>(cases: C, options?: WaitOptions): Awaitable<Selected<C>> {
  if (typeof cases !== 'object' || cases === null || Symbol.iterator in cases) throw misuse('badCases', cases)
  checkSignal(options?.signal)
  const call = new Call('select(…)', () => selected(cases as Record<string, unknown>))
  return withOptions(call, options) as Awaitable<unknown> as Awaitable<Selected<C>>
}

function selected(cases: Record<string, unknown>): Operation<{ kind: string; value: unknown }> {
  const loop = currentLoop()
  const branches: Branch[] = []
  const signals = new Set<AbortSignal>()
  let hasDefault = false
  for (const [kind, what] of Object.entries(cases)) {
    if (what === undefined) continue
    if (kind === 'default') {
      if (what !== null) throw misuse('badDefault', what)
      hasDefault = true
      continue
    }
    if (what instanceof Signalled) {
      what._take()
      signals.add(what.signal)
    }
    const branch = branchOf(kind, what instanceof Signalled ? what.wait : what, loop)
    if (branch === undefined) throw misuse('notSelectable', kind, what)
    branches.push(branch)
  }
  if (branches.length === 0 && !hasDefault) throw misuse('emptySelect')
  let choosing: Operation<{ kind: string; value: unknown }> = choose(branches, hasDefault)
  for (const signal of signals) choosing = interruptible(signal, choosing)
  return choosing
}

function* choose(
  branches: readonly Branch[],
  hasDefault: boolean,
): Waiting<{ kind: string; value: unknown }> {
  const loop = currentLoop()
  try {
    for (;;) {
      for (const branch of shuffled(loop, branches)) {
        const value = branch.attempt()
        if (value !== LATER) return { kind: branch.kind, value }
      }
      if (hasDefault) return { kind: 'default', value: null }
      const choice = new Choosing(loop, branches)
      for (const branch of branches) branch.enter(choice)
      let chosen: Branch
      try {
        chosen = yield* choice
      } catch (error) {
        const happened = withdrawAll(branches)
        if (happened === undefined || !isCancelled(error)) throw error
        strandOf('select(…)')._postpone(error.reason)
        return { kind: happened.kind, value: happened.claim() }
      }
      withdrawAll(branches.filter(branch => branch !== chosen))
      const value = chosen.claim()
      if (value !== LATER) return { kind: chosen.kind, value }
    }
  } finally {
    for (const branch of branches) branch.end()
  }
}

/** All of them go without, but for the one whose wait had happened already. */
function withdrawAll(branches: readonly Branch[]): Branch | undefined {
  let happened: Branch | undefined
  for (const branch of branches) if (!branch.withdraw()) happened = branch
  return happened
}
