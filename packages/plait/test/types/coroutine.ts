import {
  type Coroutine,
  coroutine,
  createTask,
  type Operation,
  primed,
  type Resume,
  run,
  sleep,
  until,
  type Wait,
} from '../../src/index.ts'
import { assertType, type Equal } from './assert-type.ts'

/* What the compiler must accept and refuse of coroutines. Compiled, never run. */

export const fetchPage = coroutine(function* fetchPage(url: string, tries = 3) {
  const response = yield* until(signal => fetch(url, { signal }))
  return `${tries} ${yield* until(response.text())}`
})

// A defaulted parameter keeps its type, and may be left out.
assertType<Equal<typeof fetchPage, (url: string, tries?: number) => Coroutine<string, Wait, Resume>>>()
fetchPage('x')
fetchPage('x', 5)
// @ts-expect-error tries is a number
fetchPage('x', 'many')
// @ts-expect-error the address is needed
fetchPage()

// Type parameters survive.
const identity = coroutine(function* <T>(value: T) {
  yield* sleep(1)
  return value
})
assertType<Equal<ReturnType<typeof identity<number>>, Coroutine<number, Wait, Resume>>>()

// `this` survives.
export const owner = {
  base: 5,
  add: coroutine(function* (this: { base: number }, n: number) {
    yield* sleep(1)
    return this.base + n
  }),
}
owner.add(1)
const { add } = owner
// @ts-expect-error without its owner there is no base
add(1)

// A two-way coroutine takes what its yields give.
export const averager = coroutine(function* (): Generator<number, string, number> {
  const heard: number = yield 0
  return String(heard)
})
const average = averager()
assertType<Equal<typeof average, Coroutine<string, number, number>>>()
average.send(5)
// @ts-expect-error it takes numbers
average.send('5')
const step = average.next()
if (step.done === true) assertType<Equal<typeof step.value, string>>()
else assertType<Equal<typeof step.value, number>>()
assertType<Equal<ReturnType<typeof average.close>, string | undefined>>()

// It can be neither awaited nor made a task, nor delegated to where waits are expected.
// @ts-expect-error two-way: no task
createTask(average)
// @ts-expect-error two-way: no program
run(average)
// @ts-expect-error two-way: its then is not for it
average.then(() => {})
export function* asWait(): Operation<string> {
  // @ts-expect-error two-way: its yields are no waits
  return yield* averager()
}

// primed keeps the types of a two-way coroutine.
export const ready = primed(function* (start: number): Generator<number, void, number> {
  for (;;) yield yield start
})
ready(1).send(2)
// @ts-expect-error it starts with a number
ready('1')

// @ts-expect-error an async function is no generator function
coroutine(async function load() {})

// A method is annotated Operation, and gives what it says.
export class Client {
  *fetch(url: string): Operation<string> {
    return yield* fetchPage(url)
  }
}
export function* useClient(client: Client) {
  const page = yield* client.fetch('x')
  assertType<Equal<typeof page, string>>()
}
