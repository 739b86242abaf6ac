// One error for all, thrown into each parked generator, caught again where it comes out.
import { emit, mustBe, nowNs, size } from '../../measure.ts'

const cancelled = new Error('cancelled')
const samples: number[] = []

for (let round = 0; round < 7; round++) {
  let ended = 0
  function* parked(): Generator<undefined, void> {
    try {
      yield
    } finally {
      ended += 1
    }
  }
  const strands: Generator<undefined, void>[] = []
  for (let i = 0; i < size; i++) strands.push(parked())
  for (const strand of strands) strand.next()
  globalThis.gc?.()
  const start = nowNs()
  for (const strand of strands) {
    try {
      strand.throw(cancelled)
    } catch (error) {
      if (error !== cancelled) throw error
    }
  }
  const took = nowNs() - start
  mustBe('the number ended', ended, size)
  if (round >= 2) samples.push(took / size)
}
emit('cancel and join', 'ns', samples)
