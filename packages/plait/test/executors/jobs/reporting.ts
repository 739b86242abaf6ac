import { existsSync } from 'node:fs'
import { remote, reportProgress } from '../../../src/executors.ts'
import { createTask, type Operation, sleep, taskGroup, until } from '../../../src/index.ts'

/** Reports from wherever code of a job may run. */
export const reportInTasks = remote(import.meta.url, function* reportInTasks(): Operation<void> {
  yield* createTask(async () => {
    await Promise.resolve()
    reportProgress('task')
  })
  yield* taskGroup(function* (group) {
    group.createTask(function* () {
      yield* sleep(0)
      reportProgress('group')
    })
  })
  yield* createTask(partly)
  reportProgress('after')
})

async function partly(): Promise<void> {
  await sleep(0)
  await Promise.resolve()
  reportProgress('async part')
}

/** Reports its number, again and again, until there is such a file. */
export const reportAndGo = remote(import.meta.url, function* reportAndGo(file: string): Operation<string> {
  for (let n = 0; !existsSync(file); n += 1) {
    reportProgress(n)
    yield* until(new Promise(resolve => setTimeout(resolve, 1)))
  }
  return 'went on'
})

export const reportMany = remote(import.meta.url, function reportMany(most: number): number {
  for (let n = 0; n < most; n += 1) reportProgress(n)
  return most
})
