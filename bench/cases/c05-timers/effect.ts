import { Effect, Fiber } from 'effect'
import { measureTimers, size } from '../../measure.ts'

await measureTimers((delay, cancelsHalf) =>
  Effect.runPromise(
    Effect.gen(function* () {
      const fibers: Fiber.Fiber<void>[] = []
      for (let i = 0; i < size; i++) fibers.push(yield* Effect.forkChild(Effect.sleep(delay())))
      yield* Effect.yieldNow
      if (cancelsHalf) yield* Fiber.interruptAll(fibers.filter((_, i) => i % 2 === 0))
      yield* Fiber.awaitAll(fibers)
    }),
  ),
)
