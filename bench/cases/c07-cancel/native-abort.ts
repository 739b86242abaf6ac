// The platform's own way: the sleep of node:timers/promises, with an AbortController each.
import { setTimeout as sleep } from 'node:timers/promises'
import { emit, HOUR_MS, mustBe, nowNs, size } from '../../measure.ts'

const samples: number[] = []

for (let round = 0; round < 2; round++) {
  let ended = 0
  async function sleeper(signal: AbortSignal): Promise<void> {
    try {
      await sleep(HOUR_MS, undefined, { signal })
    } finally {
      ended += 1
    }
  }
  const controllers: AbortController[] = []
  for (let i = 0; i < size; i++) controllers.push(new AbortController())
  const ends = controllers.map(({ signal }) => sleeper(signal))
  await sleep(5)
  globalThis.gc?.()
  const start = nowNs()
  for (const controller of controllers) controller.abort()
  await Promise.allSettled(ends)
  const took = nowNs() - start
  mustBe('the number ended', ended, size)
  if (round >= 1) samples.push(took / size)
}
emit('cancel and join', 'ns', samples)
