// Generators made, then each run to its end: nothing is scheduled.
import { measure, mustBe, size } from '../../measure.ts'

function* trivial(i: number): Generator<never, number> {
  return i
}

function body(): void {
  const strands: Generator<never, number>[] = []
  for (let i = 0; i < size; i++) strands.push(trivial(i))
  const results: number[] = []
  for (const strand of strands) results.push(strand.next().value)
  mustBe('the last result', results.at(-1), size - 1)
}

await measure([{ metric: 'spawn and join', operations: size, body }], { repetitions: 9 })
