import { Effect } from 'effect'
import { measure, size } from '../../measure.ts'

const worker = Effect.gen(function* () {
  for (let i = 0; i < size / 2; i++) yield* Effect.yieldNow
})

const body = (): Promise<unknown> =>
  Effect.runPromise(Effect.all([worker, worker], { concurrency: 'unbounded' }))
await measure([{ metric: 'switch', operations: size, body }])
