// Cancelled by hand: the timer is cleared and its promise rejected, with one error for all.
import { measureTimers, size } from '../../measure.ts'

const cancelled = new Error('cancelled')
const ignore = (): void => {}

await measureTimers((delay, cancelsHalf) => {
  const cancels: (() => void)[] = []
  async function sleeper(ms: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, ms)
      cancels.push(() => {
        clearTimeout(timer)
        reject(cancelled)
      })
    })
  }
  const ends: Promise<void>[] = []
  for (let i = 0; i < size; i++) ends.push(sleeper(delay()).catch(ignore))
  if (cancelsHalf) for (let i = 0; i < size; i += 2) cancels[i]?.()
  return Promise.all(ends)
})
