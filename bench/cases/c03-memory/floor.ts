// Generators suspended at a yield: nothing wakes them.
import { measureMemory, mustBe, size } from '../../measure.ts'

let started = 0

function* parked(): Generator<undefined, void> {
  started += 1
  yield
}

await measureMemory(() => {
  const strands: Generator<undefined, void>[] = []
  for (let i = 0; i < size; i++) {
    const strand = parked()
    strand.next()
    strands.push(strand)
  }
  mustBe('the number started', started, size)
  return strands
})
