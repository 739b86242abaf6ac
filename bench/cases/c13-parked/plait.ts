import { createTask, type Operation, run, sleep, type Task } from 'plait'
import { HOUR_MS, measureMemory, mustBe, size } from '../../measure.ts'

let started = 0

function* parked(): Operation<void> {
  started += 1
  yield* sleep(HOUR_MS)
}

await measureMemory(
  () =>
    new Promise((resolve, reject) => {
      function* main(): Operation<void> {
        const tasks: Task<void>[] = []
        for (let i = 0; i < size; i++) tasks.push(createTask(parked()))
        yield* sleep(10)
        mustBe('the number started', started, size)
        resolve(tasks)
        yield* sleep(HOUR_MS)
      }
      run(main).catch(reject)
    }),
)
