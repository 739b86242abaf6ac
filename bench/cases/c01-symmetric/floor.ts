// Two generators, each resumed in turn by hand.
import { measure, size } from '../../measure.ts'

function* endless(): Generator<undefined, never> {
  for (;;) yield
}

function body(): void {
  const [first, second] = [endless(), endless()]
  for (let i = 0; i < size; i += 2) {
    first.next()
    second.next()
  }
}

await measure([{ metric: 'switch', operations: size, body }])
