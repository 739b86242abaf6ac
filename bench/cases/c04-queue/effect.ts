import { Effect, Queue } from 'effect'
import { mustBe, size } from '../../measure.ts'
import { measureQueues } from '../../queue-runs.ts'

type Numbers = Queue.Queue<number>

const asks = (there: Numbers, back: Numbers): Effect.Effect<void> =>
  Effect.gen(function* () {
    for (let i = 0; i < size; i++) {
      yield* Queue.offer(there, i)
      mustBe('what came back', yield* Queue.take(back), i)
    }
  })

const answers = (there: Numbers, back: Numbers): Effect.Effect<void> =>
  Effect.gen(function* () {
    for (let i = 0; i < size; i++) yield* Queue.offer(back, yield* Queue.take(there))
  })

const produces = (queue: Numbers): Effect.Effect<void> =>
  Effect.gen(function* () {
    for (let i = 0; i < size; i++) yield* Queue.offer(queue, i)
  })

const consumes = (queue: Numbers): Effect.Effect<void> =>
  Effect.gen(function* () {
    for (let i = 0; i < size; i++) mustBe('the next item', yield* Queue.take(queue), i)
  })

const both = (one: Effect.Effect<void>, other: Effect.Effect<void>): Effect.Effect<unknown> =>
  Effect.all([one, other], { concurrency: 'unbounded' })

const pingPong = Effect.gen(function* () {
  const there = yield* Queue.bounded<number>(1)
  const back = yield* Queue.bounded<number>(1)
  yield* both(asks(there, back), answers(there, back))
})

const through = (capacity: number): Effect.Effect<void> =>
  Effect.gen(function* () {
    const queue = yield* Queue.bounded<number>(capacity)
    yield* both(produces(queue), consumes(queue))
  })

await measureQueues(
  { pingPong: () => Effect.runPromise(pingPong), through: room => Effect.runPromise(through(room)) },
  { warmUps: 1, repetitions: 3 },
)
