// A call yields the callee, and the driver keeps the stack: a resume touches the innermost generator alone.
import { measure, size } from '../../measure.ts'

type Strand = Generator<Strand | undefined, void>

function* leaf(turns: number): Strand {
  for (let i = 0; i < turns; i++) yield
}

function* nest(depth: number, turns: number): Strand {
  if (depth <= 1) yield leaf(turns)
  else yield nest(depth - 1, turns)
}

function drive(root: Strand): void {
  const stack: Strand[] = []
  let current = root
  for (;;) {
    const { done, value } = current.next()
    if (done === true) {
      const caller = stack.pop()
      if (caller === undefined) return
      current = caller
    } else if (value !== undefined) {
      stack.push(current)
      current = value
    }
  }
}

await measure(
  [1, 10, 100, 1000].map(depth => ({
    metric: `resume at depth ${depth}`,
    operations: size,
    body: () => drive(nest(depth, size)),
  })),
)
