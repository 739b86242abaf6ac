import { run, sleep, spawn, type Task } from 'effection'
import { measureTimers, size } from '../../measure.ts'

await measureTimers((delay, cancelsHalf) =>
  run(function* () {
    const tasks: Task<void>[] = []
    for (let i = 0; i < size; i++) tasks.push(yield* spawn(() => sleep(delay())))
    yield* sleep(0)
    for (const [i, task] of tasks.entries()) if (cancelsHalf && i % 2 === 0) yield* task.halt()
    for (const [i, task] of tasks.entries()) if (!cancelsHalf || i % 2 === 1) yield* task
  }),
)
