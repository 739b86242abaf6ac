import { createTask, type Operation, run, sleep, type Task, wait } from 'plait'
import { measureTimers, size } from '../../measure.ts'

function* sleeper(ms: number): Operation<void> {
  yield* sleep(ms)
}

await measureTimers((delay, cancelsHalf) =>
  run(function* () {
    const tasks: Task<void>[] = []
    for (let i = 0; i < size; i++) tasks.push(createTask(sleeper(delay())))
    yield* sleep(0)
    if (cancelsHalf) for (let i = 0; i < size; i += 2) tasks[i]?.cancel()
    yield* wait(tasks)
  }),
)
