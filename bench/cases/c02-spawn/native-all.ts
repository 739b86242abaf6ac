// As native, joined by Promise.all in place of one await for each.
import { measure, mustBe, size } from '../../measure.ts'

async function trivial(i: number): Promise<number> {
  return i
}

async function body(): Promise<void> {
  const promises: Promise<number>[] = []
  for (let i = 0; i < size; i++) promises.push(trivial(i))
  const results = await Promise.all(promises)
  mustBe('the last result', results.at(-1), size - 1)
}

await measure([{ metric: 'spawn and join', operations: size, body }], { repetitions: 9 })
