import { Effect, Semaphore } from 'effect'
import { measureLock, TASKS, TURNS_EACH, type Turns } from '../../turns.ts'

const takes = (lock: Semaphore.Semaphore, turns: Turns): Effect.Effect<void> => {
  const turn = Effect.gen(function* () {
    turns.begin()
    yield* Effect.yieldNow
    turns.end()
  })
  return Effect.gen(function* () {
    for (let i = 0; i < TURNS_EACH; i++) yield* lock.withPermits(1)(turn)
  })
}

const all = (turns: Turns): Effect.Effect<void> =>
  Effect.gen(function* () {
    const lock = yield* Semaphore.make(1)
    const tasks = Array.from({ length: TASKS }, () => takes(lock, turns))
    yield* Effect.all(tasks, { concurrency: 'unbounded' })
  })

// One repetition takes many seconds, against which warming up is nothing.
await measureLock(turns => Effect.runPromise(all(turns)), { warmUps: 0, repetitions: 1 })
