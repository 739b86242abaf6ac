import { remote } from '../../../src/executors.ts'
import { ContextVar, createTask, type Operation, sleep } from '../../../src/index.ts'

export const user: ContextVar<unknown> = new ContextVar<unknown>('user', { default: 'nobody' })
export const locale: ContextVar<string> = new ContextVar<string>('locale')
/** Two of one name: elsewhere nobody could tell them apart. */
export const twinA: ContextVar<unknown> = new ContextVar<unknown>('twin', { default: 'none' })
export const twinB: ContextVar<unknown> = new ContextVar<unknown>('twin', { default: 'none' })

export const readUser = remote(import.meta.url, function readUser(): unknown {
  return user.get()
})

export const readLater = remote(import.meta.url, function* readLater(): Operation<unknown> {
  yield* sleep(0)
  const inTask = yield* createTask(async () => user.get())
  return [user.get(), inTask, locale.get()]
})

/** Sets it where it runs, and tells what it was. */
export const setUser = remote(import.meta.url, function setUser(value: unknown): unknown {
  const before = user.get()
  user.set(value)
  return [before, user.get()]
})

export const readTwin = remote(import.meta.url, function readTwin(): unknown {
  return twinA.get()
})
