// By a bare yield, with each task inside an AsyncLocalStorage store of its own.
import { AsyncLocalStorage } from 'node:async_hooks'
import { createTask, type Operation, type Resume, run, type Task, type Wait } from 'plait'
import { measure, mustBe, size } from '../../measure.ts'

const storage = new AsyncLocalStorage<string>()

function* worker(turns: number, own: string): Generator<Wait, void, Resume> {
  for (let i = 0; i < turns; i++) yield
  mustBe('the store after the last step', storage.getStore(), own)
}

const start = (own: string): Task<void> => storage.run(own, () => createTask(worker(size / 2, own)))

function* both(): Operation<void> {
  const [first, second] = [start('first'), start('second')]
  yield* first
  yield* second
}

await measure([{ metric: 'switch', operations: size, body: () => run(both) }])
