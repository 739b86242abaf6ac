import { measure, size } from '../../measure.ts'

async function leaf(turns: number): Promise<void> {
  for (let i = 0; i < turns; i++) await null
}

async function nest(depth: number, turns: number): Promise<void> {
  if (depth <= 1) await leaf(turns)
  else await nest(depth - 1, turns)
}

await measure(
  [1, 10, 100, 1000].map(depth => ({
    metric: `resume at depth ${depth}`,
    operations: size,
    body: () => nest(depth, size),
  })),
)
