// Two async functions, each of which wakes the other and waits to be woken.
import { measure, size } from '../../measure.ts'

type Wake = () => void

async function body(): Promise<void> {
  const wakes: [Wake | undefined, Wake | undefined] = [undefined, undefined]
  async function strand(me: 0 | 1): Promise<void> {
    const other = me === 0 ? 1 : 0
    for (let i = 0; i < size / 2; i++) {
      const wake = wakes[other]
      wakes[other] = undefined
      const woken = new Promise<void>(resolve => {
        wakes[me] = resolve
      })
      wake?.()
      await woken
    }
  }
  // The last to be woken has nobody left to wake it.
  await Promise.race([strand(0), strand(1)])
}

await measure([{ metric: 'switch', operations: size, body }])
