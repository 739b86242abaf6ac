import { HOUR_MS, measureMemory, mustBe, size } from '../../measure.ts'

let started = 0

async function parked(ms: number): Promise<void> {
  started += 1
  await new Promise(resolve => setTimeout(resolve, ms))
}

await measureMemory(() => {
  const promises: Promise<void>[] = []
  for (let i = 0; i < size; i++) promises.push(parked(HOUR_MS + (i % 1000)))
  mustBe('the number started', started, size)
  return promises
})
