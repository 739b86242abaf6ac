import { measure, size } from '../../measure.ts'

async function worker(turns: number): Promise<void> {
  for (let i = 0; i < turns; i++) await null
}

const body = (): Promise<unknown> => Promise.all([worker(size / 2), worker(size / 2)])
await measure([{ metric: 'switch', operations: size, body }])
