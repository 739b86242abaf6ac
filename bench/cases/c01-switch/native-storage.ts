// As native, with each worker inside an AsyncLocalStorage store of its own.
import { AsyncLocalStorage } from 'node:async_hooks'
import { measure, mustBe, size } from '../../measure.ts'

const storage = new AsyncLocalStorage<string>()

async function worker(turns: number, own: string): Promise<void> {
  for (let i = 0; i < turns; i++) await null
  mustBe('the store after the last step', storage.getStore(), own)
}

const start = (own: string): Promise<void> => storage.run(own, () => worker(size / 2, own))
const body = (): Promise<unknown> => Promise.all([start('first'), start('second')])
await measure([{ metric: 'switch', operations: size, body }])
