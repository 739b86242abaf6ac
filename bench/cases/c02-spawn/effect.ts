import { Effect, Fiber } from 'effect'
import { measure, mustBe, size } from '../../measure.ts'

const trivial = (i: number): Effect.Effect<number> =>
  Effect.gen(function* () {
    return i
  })

const main = Effect.gen(function* () {
  const fibers: Fiber.Fiber<number>[] = []
  for (let i = 0; i < size; i++) fibers.push(yield* Effect.forkChild(trivial(i)))
  const results = yield* Fiber.joinAll(fibers)
  mustBe('the last result', [...results].at(-1), size - 1)
})

await measure([{ metric: 'spawn and join', operations: size, body: () => Effect.runPromise(main) }])
