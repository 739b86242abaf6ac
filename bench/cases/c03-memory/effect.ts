import { Effect, type Fiber } from 'effect'
import { HOUR_MS, measureMemory, mustBe, size } from '../../measure.ts'

let started = 0

// One description for all fibers: to describe each anew would take half as much again.
const parked = Effect.gen(function* () {
  started += 1
  yield* Effect.sleep(HOUR_MS)
})

await measureMemory(
  () =>
    new Promise((resolve, reject) => {
      const main = Effect.gen(function* () {
        const fibers: Fiber.Fiber<void>[] = []
        for (let i = 0; i < size; i++) fibers.push(yield* Effect.forkChild(parked))
        yield* Effect.sleep(10)
        mustBe('the number started', started, size)
        resolve(fibers)
        yield* Effect.never
      })
      Effect.runPromise(main).catch(reject)
    }),
)
