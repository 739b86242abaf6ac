import { createTask, type Operation, run, type Task } from 'plait'
import { measure, mustBe, size } from '../../measure.ts'

function* trivial(i: number): Operation<number> {
  return i
}

function* main(): Operation<void> {
  const tasks: Task<number>[] = []
  for (let i = 0; i < size; i++) tasks.push(createTask(trivial(i)))
  const results: number[] = []
  for (const task of tasks) results.push(yield* task)
  mustBe('the last result', results.at(-1), size - 1)
}

await measure([{ metric: 'spawn and join', operations: size, body: () => run(main) }], { repetitions: 9 })
