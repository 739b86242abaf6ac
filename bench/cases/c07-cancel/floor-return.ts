// return() in place of throw(): finally blocks run, but no catch ever hears of it, so it cannot say that it was a cancel.
import { emit, mustBe, nowNs, size } from '../../measure.ts'

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
  for (const strand of strands) strand.return()
  const took = nowNs() - start
  mustBe('the number ended', ended, size)
  if (round >= 2) samples.push(took / size)
}
emit('cancel and join', 'ns', samples)
