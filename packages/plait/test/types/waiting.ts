import {
  asCompleted,
  coroutine,
  createTask,
  Future,
  gather,
  gatherSettled,
  type Operation,
  type Outcome,
  run,
  type Selectable,
  shield,
  sleep,
  type Task,
  until,
  wait,
  waitFor,
} from '../../src/index.ts'
import { assertType, type Equal } from './assert-type.ts'

/* What the compiler must accept and refuse of waits and tasks. Compiled, never run. */

declare const task: Task<number>
declare const promise: Promise<string>

export const forgotten = coroutine(function* () {
  yield sleep(1)
})
// @ts-expect-error a forgotten star: what yields a sleep is a two-way coroutine, and no task
createTask(forgotten())

export function* forgottenInOperation(): Operation<void> {
  // @ts-expect-error a forgotten star
  yield sleep(1)
  // @ts-expect-error a forgotten star
  yield task
  // @ts-expect-error a promise is no wait
  yield promise
  // a bare yield gives way
  yield
}

// A forgotten star is refused at the door too.
// @ts-expect-error the generator yields what is no wait
run(function* () {
  yield sleep(1)
})

export function iterating(): void {
  // @ts-expect-error a task is no list
  for (const value of task) console.log(value)
  // @ts-expect-error a task is no list
  console.log([...task])
  // @ts-expect-error neither is a sleep
  for (const value of sleep(1)) console.log(value)
  // @ts-expect-error neither is a future
  console.log([...new Future<number>()])
}

// @ts-expect-error a promise already runs: pass the function
createTask(promise)
// @ts-expect-error a promise already runs: pass the function
run(promise)
createTask(() => promise)
// A plain function may have a twin, which no type tells; one that makes something of another kind is none.
const fromPlain = createTask(() => 5)
assertType<Equal<typeof fromPlain, Task<number>>>()
const fromPlainRun = run(() => 'a')
assertType<Equal<typeof fromPlainRun, Promise<string>>>()
// @ts-expect-error a generator of numbers is no wait
createTask(function* () {
  yield 5
})

export function* colors() {
  assertType<Equal<ReturnType<typeof sleep>, Selectable<void>>>()
  const fromAsync = createTask(async () => 'a')
  assertType<Equal<typeof fromAsync, Task<string>>>()
  const fromGenerator = createTask(function* () {
    yield* sleep(1)
    return 5
  })
  assertType<Equal<typeof fromGenerator, Task<number>>>()
  const fromWait = createTask(sleep(1))
  assertType<Equal<typeof fromWait, Task<void>>>()
  const five = yield* fromGenerator
  assertType<Equal<typeof five, number>>()
  const text = yield* until(promise)
  assertType<Equal<typeof text, string>>()
  const body = yield* until(async signal => signal.aborted)
  assertType<Equal<typeof body, boolean>>()
}

export async function awaiting() {
  const five = await task
  assertType<Equal<typeof five, number>>()
  const made = await coroutine(function* () {
    yield* sleep(1)
    return 'made'
  })()
  assertType<Equal<typeof made, string>>()
  const result = await run(async () => 5)
  assertType<Equal<typeof result, number>>()
  // A task given by an async function is joined.
  const joined = await (async () => task)()
  assertType<Equal<typeof joined, number>>()
}

export function* several() {
  const all = yield* gather(
    task,
    sleep(1),
    () => promise,
    function* () {
      yield
      return true
    },
  )
  const [five, nothing, text, flag] = all
  assertType<Equal<typeof five, number>>()
  assertType<Equal<typeof nothing, void>>()
  assertType<Equal<typeof text, string>>()
  assertType<Equal<typeof flag, boolean>>()
  assertType<Equal<(typeof all)['length'], 4>>()
  const settled = yield* gatherSettled(task, sleep(1))
  assertType<Equal<typeof settled, [Outcome<number>, Outcome<void>]>>()
  const list: Task<number>[] = [task]
  const numbers = yield* gather(...list)
  assertType<Equal<typeof numbers, number[]>>()

  const { done } = yield* wait(list)
  assertType<Equal<typeof done, Set<Task<number>>>>()
  // @ts-expect-error wait takes tasks and futures, not operations
  wait([sleep(1)[Symbol.iterator]()])
  // @ts-expect-error no such mode
  wait(list, { returnWhen: 'SOME' })

  const one = yield* waitFor(task, 5)
  assertType<Equal<typeof one, number>>()
  const kept = yield* shield(task)
  assertType<Equal<typeof kept, number>>()
  const ended = yield* asCompleted(list).toArray()
  assertType<Equal<typeof ended, Future<number>[]>>()
}

// Covariance: what gives nothing will do where anything is welcome.
declare const quiet: Task<void>
export const anything: Future<unknown> = quiet
export const anyTask: Task<unknown> = task
export const anyOperation: Operation<unknown> = quiet
// @ts-expect-error and not the other way round
export const narrow: Future<number> = anything

// Options may be forwarded as they came, undefined included.
export function forwarding(options?: { signal?: AbortSignal }): void {
  sleep(1, { signal: options?.signal })
  createTask(sleep(1), { signal: options?.signal, name: undefined })
}
