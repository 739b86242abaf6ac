import fc from 'fast-check'
import { call, sleep, until } from '../../src/greenlet.ts'
import { coroutine } from '../../src/index.ts'
import { c1, c2, cn, give, m2, S } from '../../src/twins.ts'
import type { Twin } from './by-hand.ts'

/** A call, and what it does: where it waits, what it calls and how, whether it throws or catches. */
export interface Tree {
  readonly id: number
  readonly way: 'call' | 'method' | 'list' | 'coroutine'
  /** Where it waits: before its calls, after them, having caught, in its finally. Milliseconds; none for not at all. */
  readonly waits: { before?: number; after?: number; caught?: number; last?: number }
  readonly throws: boolean
  readonly catches: boolean
  readonly children: readonly Tree[]
}

const tree: (depth: number) => fc.Arbitrary<Tree> = fc.memo((depth: number) =>
  fc.record({
    id: fc.nat(99),
    way: fc.constantFrom('call', 'method', 'list', 'coroutine'),
    waits: fc.record(
      { before: fc.nat(2), after: fc.nat(2), caught: fc.nat(2), last: fc.nat(2) },
      { requiredKeys: [] },
    ),
    throws: fc.nat(4).map(n => n === 0),
    catches: fc.boolean(),
    children: depth <= 1 ? fc.constant([]) : fc.array(tree(depth - 1), { maxLength: 3 }),
  }),
)

export const trees: fc.Arbitrary<Tree> = tree(4)

/** Plainly, the wait of a tree takes no time: what is to be seen is the order of things. */
export function pause(ms: number | undefined, kind: 'sleeps' | 'turns'): void {
  void [ms, kind]
}
give(pause, function* (ms: number | undefined, kind: 'sleeps' | 'turns'): Twin<void> {
  if (ms === undefined) return
  const r = kind === 'turns' ? c1(sleep, 0) : ms === 2 ? c1(until, Promise.resolve()) : c1(sleep, ms)
  if (r === S) (yield S)._result
})

export interface Visit {
  readonly log: string[]
  readonly kind: 'sleeps' | 'turns'
}

/** Walks a tree, plainly. */
export function visit(tree: Tree, seen: Visit): number {
  const { log, kind } = seen
  const { waits, children } = tree
  log.push(`enters ${tree.id}`)
  let sum = 1
  try {
    pause(waits.before, kind)
    for (const child of children) {
      if (child.way === 'call') sum += visit(child, seen)
      else if (child.way === 'method') sum += visitor.visit(child, seen)
      else if (child.way === 'list') sum += visit(...([child, seen] as const))
      else sum += across(child, seen)
    }
    if (tree.throws) throw new Error(`thrown by ${tree.id}`)
    pause(waits.after, kind)
  } catch (error) {
    if (!tree.catches) throw error
    log.push(`catches: ${(error as Error).message}`)
    pause(waits.caught, kind)
    sum += 1000
  } finally {
    log.push(`leaves ${tree.id}`)
    pause(waits.last, kind)
  }
  return sum
}
give(visit, function* (tree: Tree, seen: Visit): Twin<number> {
  const { log, kind } = seen
  const { waits, children } = tree
  let r: unknown
  log.push(`enters ${tree.id}`)
  let sum = 1
  try {
    if (c2(pause, waits.before, kind) === S) (yield S)._result
    for (const child of children) {
      if (child.way === 'call') r = c2(visit, child, seen)
      else if (child.way === 'method') r = m2(visitor, visitor.visit, child, seen)
      else if (child.way === 'list') r = cn(visit, [child, seen])
      else r = c2(across, child, seen)
      sum += (r === S ? (yield S)._result : r) as number
    }
    if (tree.throws) throw new Error(`thrown by ${tree.id}`)
    if (c2(pause, waits.after, kind) === S) (yield S)._result
  } catch (error) {
    if (!tree.catches) throw error
    log.push(`catches: ${(error as Error).message}`)
    if (c2(pause, waits.caught, kind) === S) (yield S)._result
    sum += 1000
  } finally {
    log.push(`leaves ${tree.id}`)
    if (c2(pause, waits.last, kind) === S) (yield S)._result
  }
  return sum
})

const visitor = { visit }

/** Into a coroutine, which calls the plain function again; plainly, a call like any other. */
function across(tree: Tree, seen: Visit): number {
  return visit(tree, seen)
}
give(across, function* (tree: Tree, seen: Visit): Twin<number> {
  const r = c1(until, bridge(tree, seen))
  return (r === S ? (yield S)._result : r) as number
})

const bridge = coroutine(function* bridge(tree: Tree, seen: Visit) {
  return yield* call(visit, tree, seen)
})
