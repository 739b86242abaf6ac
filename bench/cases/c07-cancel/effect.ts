import { Effect, Fiber } from 'effect'
import { emit, HOUR_MS, mustBe, nowNs, size } from '../../measure.ts'

const samples: number[] = []

for (let round = 0; round < 4; round++) {
  let started = 0
  let ended = 0
  const countEnd = Effect.sync(() => {
    ended += 1
  })
  const sleeper = Effect.gen(function* () {
    started += 1
    yield* Effect.sleep(HOUR_MS)
  }).pipe(Effect.ensuring(countEnd))
  const main = Effect.gen(function* () {
    const fibers: Fiber.Fiber<void>[] = []
    for (let i = 0; i < size; i++) fibers.push(yield* Effect.forkChild(sleeper))
    yield* Effect.sleep(5)
    mustBe('the number started', started, size)
    globalThis.gc?.()
    const start = nowNs()
    yield* Fiber.interruptAll(fibers)
    return nowNs() - start
  })
  const took = await Effect.runPromise(main)
  mustBe('the number ended', ended, size)
  if (round >= 1) samples.push(took / size)
}
emit('cancel and join', 'ns', samples)
