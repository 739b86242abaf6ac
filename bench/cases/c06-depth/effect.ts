import { Effect } from 'effect'
import { measure, size } from '../../measure.ts'

const leaf = (turns: number): Effect.Effect<void> =>
  Effect.gen(function* () {
    for (let i = 0; i < turns; i++) yield* Effect.yieldNow
  })

const nest = (depth: number, turns: number): Effect.Effect<void> =>
  Effect.gen(function* () {
    if (depth <= 1) yield* leaf(turns)
    else yield* nest(depth - 1, turns)
  })

await measure(
  [1, 10, 100].map(depth => ({
    metric: `resume at depth ${depth}`,
    operations: size,
    body: () => Effect.runPromise(nest(depth, size)),
  })),
  { warmUps: 1, repetitions: 3 },
)
