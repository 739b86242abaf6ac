import { type Operation, run, sleep, spawn, suspend, type Task } from 'effection'
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
        for (let i = 0; i < size; i++) tasks.push(yield* spawn(parked))
        yield* sleep(10)
        mustBe('the number started', started, size)
        resolve(tasks)
        yield* suspend()
      }
      run(main).catch(reject)
    }),
)
