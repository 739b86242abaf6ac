// The least that async functions allow: a sleep written by hand, whose timer is cleared and promise rejected, with one
// error for all.
import { emit, HOUR_MS, mustBe, nowNs, size } from '../../measure.ts'

const cancelled = new Error('cancelled')
const samples: number[] = []

for (let round = 0; round < 6; round++) {
  let ended = 0
  const cancels: (() => void)[] = []
  async function sleeper(): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(resolve, HOUR_MS)
        cancels.push(() => {
          clearTimeout(timer)
          reject(cancelled)
        })
      })
    } finally {
      ended += 1
    }
  }
  const ends: Promise<void>[] = []
  for (let i = 0; i < size; i++) ends.push(sleeper())
  await new Promise(resolve => setTimeout(resolve, 5))
  globalThis.gc?.()
  const start = nowNs()
  for (const cancel of cancels) cancel()
  await Promise.allSettled(ends)
  const took = nowNs() - start
  mustBe('the number ended', ended, size)
  if (round >= 2) samples.push(took / size)
}
emit('cancel and join', 'ns', samples)
