import { HOUR_MS, measureMemory, mustBe, size } from '../../measure.ts'

let started = 0

async function parked(): Promise<void> {
  started += 1
  await new Promise(resolve => setTimeout(resolve, HOUR_MS))
}

await measureMemory(() => {
  const promises: Promise<void>[] = []
  for (let i = 0; i < size; i++) promises.push(parked())
  mustBe('the number started', started, size)
  return promises
})
