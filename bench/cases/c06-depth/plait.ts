import { type Coroutine, coroutine, type Resume, run, type Wait } from 'plait'
import { measure, size } from '../../measure.ts'

const leaf = coroutine(function* leaf(turns: number): Generator<Wait, void, Resume> {
  for (let i = 0; i < turns; i++) yield
})

const nest: (depth: number, turns: number) => Coroutine<void> = coroutine(function* nest(
  depth: number,
  turns: number,
): Generator<Wait, void, Resume> {
  if (depth <= 1) yield* leaf(turns)
  else yield* nest(depth - 1, turns)
})

await measure(
  [1, 10, 100, 1000].map(depth => ({
    metric: `resume at depth ${depth}`,
    operations: size,
    body: () => run(nest(depth, size)),
  })),
)
