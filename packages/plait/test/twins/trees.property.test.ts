import fc from 'fast-check'
import { expect, test } from 'vitest'
import { call } from '../../src/greenlet.ts'
import { coroutine, createTask, isCancelled, type Operation, sleep } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { type Tree, trees, type Visit, visit } from './trees.ts'

interface Ending {
  readonly end: string
  readonly log: readonly string[]
}

function ended(run: () => unknown): string {
  try {
    return `gives ${run()}`
  } catch (error) {
    return `throws ${(error as Error).message}`
  }
}

function plainly(tree: Tree): Ending {
  const log: string[] = []
  return { end: ended(() => visit(tree, { log, kind: 'sleeps' })), log }
}

/** By each of the ways in which a plain function can be run as a greenlet. */
const ways: Record<string, (tree: Tree, seen: Visit) => Promise<number> | number> = {
  'as a task': (tree, seen) => runVirtual(call(visit, tree, seen)),
  'beneath coroutines': (tree, seen) =>
    runVirtual(
      coroutine(function* () {
        return yield* coroutine(function* () {
          return yield* call(visit, tree, seen)
        })()
      })(),
    ),
  'beneath a generator': (tree, seen) =>
    runVirtual(function* (): Operation<number> {
      return yield* call(visit, tree, seen)
    }),
  awaited: (tree, seen) => runVirtual(async () => await call(visit, tree, seen)),
  'driven by hand': (tree, seen) => {
    const made = call(visit, tree, { ...seen, kind: 'turns' })
    for (;;) {
      const step = made.next()
      if (step.done === true) return step.value
    }
  },
  'by value, from a generator stepped natively': (tree, seen) => {
    const steps = (function* () {
      return yield* call(visit, tree, { ...seen, kind: 'turns' })
    })()
    let step = steps.next()
    while (step.done !== true) step = steps.next(step.value as never)
    return step.value
  },
}

test.each(Object.entries(ways))(
  'any tree of calls, wherever it suspends, does what it does plainly: %s',
  async (_, way) => {
    await fc.assert(
      fc.asyncProperty(trees, async tree => {
        const log: string[] = []
        let end: string
        try {
          end = `gives ${await way(tree, { log, kind: 'sleeps' })}`
        } catch (error) {
          end = `throws ${(error as Error).message}`
        }
        expect({ end, log }).toEqual(plainly(tree))
      }),
      { numRuns: 150 },
    )
  },
)

test('any tree of calls that is cancelled at any of its waits leaves all that it has entered', async () => {
  await fc.assert(
    fc.asyncProperty(trees, fc.nat(30), async (tree, steps) => {
      const log: string[] = []
      await runVirtual(function* () {
        const task = createTask(call(visit, tree, { log, kind: 'turns' }))
        for (let i = 0; i < steps; i += 1) yield* sleep(0)
        task.cancel('enough')
        try {
          yield* task
        } catch (error) {
          if (isCancelled(error)) expect(error.reason).toBe('enough')
          else expect((error as Error).message).toMatch(/^thrown by/)
        }
      })
      const count = (word: string): number => log.filter(line => line.startsWith(word)).length
      expect(count('leaves')).toBe(count('enters'))
    }),
    { numRuns: 200 },
  )
})
