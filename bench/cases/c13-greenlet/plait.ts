// The same in coroutines, which say where they wait.
import {
  type Coroutine,
  coroutine,
  createTask,
  type Operation,
  type Resume,
  run,
  sleep,
  type Task,
  type Wait,
} from 'plait'
import { measureStarts } from '../../colorless/starts.ts'
import { measure, size, threadCpuNs } from '../../measure.ts'

const nest: (depth: number, turns: number) => Coroutine<void> = coroutine(function* (
  depth: number,
  turns: number,
): Generator<Wait, void, Resume> {
  if (depth <= 1) for (let i = 0; i < turns; i++) yield* sleep(0)
  else yield* nest(depth - 1, turns)
})

await measure(
  [1, 10, 100, 1000].map(depth => ({
    metric: `switch at depth ${depth}`,
    operations: size,
    body: () => run(nest(depth, size)),
  })),
  { repetitions: 9, clock: threadCpuNs },
)

let begun = 0

function* shallow(): Operation<void> {
  begun += 1
  yield* sleep(0)
}

function* starts(count: number, now: () => number): Operation<{ took: number; begun: number }> {
  begun = 0
  const tasks: Task<void>[] = []
  const start = now()
  for (let i = 0; i < count; i++) tasks.push(createTask(shallow))
  yield* sleep(0)
  const took = now() - start
  const counted = begun
  for (const task of tasks) yield* task
  return { took, begun: counted }
}

await measureStarts((count, now) => run(starts(count, now)))
