import {
  Channel,
  type Condition,
  coroutine,
  createTask,
  type Event,
  type Future,
  gather,
  type Lock,
  PriorityQueue,
  Queue,
  type Received,
  type Selected,
  type Semaphore,
  select,
  sleep,
  type Task,
  until,
} from '../../src/index.ts'
import { assertType, type Equal } from './assert-type.ts'

/* What the compiler must accept and refuse of queues, channels and select. Compiled, never run. */

interface Job {
  readonly url: string
}

declare const jobs: Queue<Job>
declare const lines: Channel<string>
declare const lock: Lock
declare const semaphore: Semaphore
declare const event: Event
declare const condition: Condition
declare const task: Task<number>
declare const future: Future<boolean>

export function* narrowing() {
  const next = yield* select({
    job: jobs.get(),
    put: jobs.put({ url: '' }),
    line: lines.receive(),
    sent: lines.send('x'),
    lock: lock.acquire(),
    permit: semaphore.acquire(),
    opened: event.wait(),
    done: task,
    answer: future,
    tick: sleep(1000),
    all: jobs.join(),
  })
  switch (next.kind) {
    case 'job':
      assertType<Equal<typeof next.value, Job>>()
      break
    case 'line':
      assertType<Equal<typeof next.value, Received<string>>>()
      if (next.value.kind === 'item') assertType<Equal<typeof next.value.item, string>>()
      break
    case 'lock':
    case 'permit':
      assertType<Equal<typeof next.value, Disposable>>()
      break
    case 'opened':
      assertType<Equal<typeof next.value, true>>()
      break
    case 'done':
      assertType<Equal<typeof next.value, number>>()
      break
    case 'answer':
      assertType<Equal<typeof next.value, boolean>>()
      break
    case 'put':
    case 'sent':
    case 'tick':
    case 'all':
      assertType<Equal<typeof next.value, void>>()
      break
    default:
      assertType<Equal<typeof next, never>>()
  }
  // @ts-expect-error there is no such case
  if (next.kind === 'job2') return
}

export async function inAsync() {
  const next = await select({ job: jobs.get(), default: null })
  if (next.kind === 'default') assertType<Equal<typeof next.value, null>>()
  else assertType<Equal<typeof next.value, Job>>()
}

export function* sometimes(isOpen: boolean) {
  const next = yield* select({ job: isOpen ? jobs.get() : undefined, tick: sleep(1) }, { signal: undefined })
  if (next.kind === 'job') assertType<Equal<typeof next.value, Job>>()
}

const fetchPage = coroutine(function* fetchPage() {
  yield* sleep(1)
  return 'page'
})

export function refused(): void {
  // @ts-expect-error a coroutine cannot be withdrawn halfway: make it a task
  select({ page: fetchPage() })
  select({ page: createTask(fetchPage()) })
  // @ts-expect-error nor can what is made of several waits
  select({ all: gather(task) })
  // @ts-expect-error a condition gives its lock back first
  select({ changed: condition.wait() })
  // @ts-expect-error nor a promise
  select({ page: Promise.resolve(1) })
  // @ts-expect-error which, brought in, is still none of ours to take back
  select({ page: until(Promise.resolve(1)) })
  // @ts-expect-error the default is null
  select({ default: sleep(1) })
  // @ts-expect-error and not undefined
  select({ default: undefined })
  // @ts-expect-error only the default is
  select({ job: null })
}

export function queues(): void {
  const queue = new Queue<Job>({ maxSize: 3, name: undefined })
  // @ts-expect-error that is no job
  queue.putNowait('job')
  assertType<Equal<ReturnType<typeof queue.getNowait>, Job>>()
  new PriorityQueue<Job>({ compare: (a, b) => a.url.localeCompare(b.url) })
  // @ts-expect-error a comparison gives a number
  new PriorityQueue<Job>({ compare: (a, b) => a.url < b.url })
  const channel = new Channel<number>({ capacity: 1 })
  // @ts-expect-error that is no number
  channel.send('one')
  // @ts-expect-error as a queue, it has no limit of that name
  new Channel<number>({ maxSize: 1 })
}

export function* lists() {
  const numbers = new Channel<number>()
  const all: number[] = yield* numbers.toArray()
  assertType<Equal<typeof all, number[]>>()
}

export type Next = Selected<{ job: ReturnType<typeof jobs.get>; default: null }>
assertType<
  Equal<
    Next,
    { readonly kind: 'job'; readonly value: Job } | { readonly kind: 'default'; readonly value: null }
  >
>()
