import { createTask, type Operation, run, sleep, type Task, wait } from 'plait'
import { emit, HOUR_MS, mustBe, nowNs, size } from '../../measure.ts'

const samples: number[] = []

for (let round = 0; round < 6; round++) {
  let started = 0
  let ended = 0
  function* sleeper(): Operation<void> {
    started += 1
    try {
      yield* sleep(HOUR_MS)
    } finally {
      ended += 1
    }
  }
  const took = await run(function* () {
    const tasks: Task<void>[] = []
    for (let i = 0; i < size; i++) tasks.push(createTask(sleeper()))
    yield* sleep(5)
    mustBe('the number started', started, size)
    globalThis.gc?.()
    const start = nowNs()
    for (const task of tasks) task.cancel()
    yield* wait(tasks)
    return nowNs() - start
  })
  mustBe('the number ended', ended, size)
  if (round >= 2) samples.push(took / size)
}
emit('cancel and join', 'ns', samples)
