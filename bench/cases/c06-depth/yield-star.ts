// The language's own yield*, which goes through every level at each resume.
import { measure, size } from '../../measure.ts'

function* leaf(turns: number): Generator<undefined, void> {
  for (let i = 0; i < turns; i++) yield
}

function* nest(depth: number, turns: number): Generator<undefined, void> {
  if (depth <= 1) yield* leaf(turns)
  else yield* nest(depth - 1, turns)
}

function drive(root: Generator<undefined, void>): void {
  while (root.next().done !== true);
}

await measure(
  [1, 10, 100].map(depth => ({
    metric: `resume at depth ${depth}`,
    operations: size,
    body: () => drive(nest(depth, size)),
  })),
  { warmUps: 1, repetitions: 3 },
)
