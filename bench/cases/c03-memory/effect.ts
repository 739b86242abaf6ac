import { Effect, type Fiber } from 'effect'
import { HOUR_MS, measureMemory, mustBe, size } from '../../measure.ts'

let started = 0

const parked = (ms: number): Effect.Effect<void> =>
  Effect.gen(function* () {
    started += 1
    yield* Effect.sleep(ms)
  })

await measureMemory(
  () =>
    new Promise((resolve, reject) => {
      const main = Effect.gen(function* () {
        const fibers: Fiber.Fiber<void>[] = []
        for (let i = 0; i < size; i++) fibers.push(yield* Effect.forkChild(parked(HOUR_MS + (i % 1000))))
        yield* Effect.sleep(10)
        mustBe('the number started', started, size)
        resolve(fibers)
        yield* Effect.never
      })
      Effect.runPromise(main).catch(reject)
    }),
)
