import { action, type Operation, run } from 'effection'
import { measure, size } from '../../measure.ts'

const turn = (): Operation<void> =>
  action<void>(resolve => {
    resolve()
    return () => {}
  })

function* leaf(turns: number): Operation<void> {
  for (let i = 0; i < turns; i++) yield* turn()
}

function* nest(depth: number, turns: number): Operation<void> {
  if (depth <= 1) yield* leaf(turns)
  else yield* nest(depth - 1, turns)
}

await measure(
  [1, 10, 100].map(depth => ({
    metric: `resume at depth ${depth}`,
    operations: size,
    body: () => run(() => nest(depth, size)),
  })),
  { warmUps: 1, repetitions: 3 },
)
