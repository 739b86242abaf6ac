import { type Operation, run, spawn, type Task } from 'effection'
import { measure, mustBe, size } from '../../measure.ts'

function* trivial(i: number): Operation<number> {
  return i
}

function* main(): Operation<void> {
  const tasks: Task<number>[] = []
  for (let i = 0; i < size; i++) tasks.push(yield* spawn(() => trivial(i)))
  const results: number[] = []
  for (const task of tasks) results.push(yield* task)
  mustBe('the last result', results.at(-1), size - 1)
}

// One of them takes many seconds, against which warming up is nothing.
await measure([{ metric: 'spawn and join', operations: size, body: () => run(main) }], {
  warmUps: 0,
  repetitions: 1,
})
