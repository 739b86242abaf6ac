import {
  type AsyncContextManager,
  AsyncExitStack,
  type Awaitable,
  asynccontextmanager,
  type ContextManager,
  type Coroutine,
  closing,
  contextmanager,
  coroutine,
  createTask,
  ExitStack,
  nullcontext,
  type Operation,
  type Resume,
  sleep,
  suppress,
  type Wait,
} from '../../src/index.ts'
import { assertType, type Equal } from './assert-type.ts'

/* What the compiler must accept and refuse of managers and stacks. Compiled, never run. */

// A manager's value is what its generator yields; parameters, defaults and `this` are kept.
export const tag = contextmanager(function* (name: string, level = 1) {
  yield { name, level }
})
assertType<
  Equal<typeof tag, (name: string, level?: number) => ContextManager<{ name: string; level: number }>>
>()
// @ts-expect-error a name is a text
tag(5)
export const bare = contextmanager(function* () {
  yield
})
assertType<Equal<ReturnType<typeof bare>, ContextManager<undefined>>>()
export const annotated = contextmanager(function* (): Generator<string, void, void> {
  yield 'a'
})
assertType<Equal<ReturnType<typeof annotated>, ContextManager<string>>>()
export const owner = {
  base: 5,
  held: contextmanager(function* (this: { base: number }) {
    yield this.base
  }),
}
owner.held()
const { held } = owner
// @ts-expect-error without its owner there is no base
held()
// @ts-expect-error a plain function makes no manager
contextmanager(() => 5)

// What waits yields its value among its waits, which are not part of it.
export const session = asynccontextmanager(function* (name: string, tries = 3) {
  yield* sleep(tries)
  yield { name }
  yield* sleep(1)
})
assertType<Equal<typeof session, (name: string, tries?: number) => AsyncContextManager<{ name: string }>>>()
export const locked = asynccontextmanager(function* () {
  yield* sleep(1)
  yield
})
assertType<Equal<ReturnType<typeof locked>, AsyncContextManager<undefined>>>()
export const maybe = asynccontextmanager(async function* () {
  yield 5 as number | undefined
})
assertType<Equal<ReturnType<typeof maybe>, AsyncContextManager<number | undefined>>>()
export const spelledOut = asynccontextmanager(function* (): Generator<Wait | Date, void, Resume> {
  yield new Date()
})
assertType<Equal<ReturnType<typeof spelledOut>, AsyncContextManager<Date>>>()
// @ts-expect-error an async function makes no manager
asynccontextmanager(async () => 5)

// A body's color decides what `with` gives; what it returned may be missing, since errors can be swallowed.
export function bodies(): void {
  const manager = tag('a')
  const plain = manager.with(({ level }) => level)
  assertType<Equal<typeof plain, number | undefined>>()
  const generator = manager.with(function* ({ name }) {
    yield* sleep(1)
    return name
  })
  assertType<Equal<typeof generator, Coroutine<string | undefined>>>()
  const asynchronous = manager.with(async ({ name }) => name)
  assertType<Equal<typeof asynchronous, Promise<string | undefined>>>()
  const task = manager.with(() => createTask(async () => 5))
  assertType<Equal<typeof task, Coroutine<number | undefined>>>()
  const list = manager.with(({ name }) => [name])
  assertType<Equal<typeof list, string[] | undefined>>()
  const two = coroutine(function* (): Generator<number, string, boolean> {
    return String(yield 1)
  })
  const twoWay = manager.with(two)
  assertType<Equal<typeof twoWay, Coroutine<string | undefined, number, boolean>>>()
  using entered = manager.enter()
  assertType<Equal<typeof entered.value, { name: string; level: number }>>()
}

export async function asyncBodies(): Promise<void> {
  const manager = session('a')
  const results = [
    manager.with(function* ({ name }) {
      yield* sleep(1)
      return name
    }),
    manager.with(async ({ name }) => name),
    manager.with(
      ({ name }): Operation<string> =>
        nullcontext(name).with(function* (n) {
          return n
        }) as Operation<string>,
    ),
  ]
  assertType<Equal<typeof results, Awaitable<string | undefined>[]>>()
  await using entered = await manager.enter()
  assertType<Equal<typeof entered.value, { name: string }>>()
  // @ts-expect-error a plain body is not known to run
  manager.with(() => 5)
  // @ts-expect-error what waits is not entered at once
  new ExitStack().enter(manager)
}

// Stacks give what they enter.
export function* stacks() {
  const socket = { close() {}, port: 5, [Symbol.dispose]() {} }
  const stack = new ExitStack()
  assertType<Equal<ReturnType<typeof stack.popAll>, ExitStack>>()
  const entered = [stack.enter(nullcontext(5)), stack.enter(closing(socket)).port, stack.enter(socket).port]
  assertType<Equal<typeof entered, number[]>>()
  const nothing = stack.enter(suppress(RangeError))
  assertType<Equal<typeof nothing, undefined>>()
  stack.callback((a: number, b: string) => b.repeat(a), 1, 'x')
  // @ts-expect-error its second argument is a text
  stack.callback((a: number, b: string) => b.repeat(a), 1, 2)
  // @ts-expect-error there is no way to leave a number
  stack.enter(5)
  // @ts-expect-error a text is no class
  suppress('RangeError')
  // @ts-expect-error it cannot be closed
  closing({})
  const waiting = new AsyncExitStack()
  const both = [(yield* waiting.enter(session('a'))).name, yield* waiting.enter(nullcontext('a'))]
  assertType<Equal<typeof both, string[]>>()
  const port = (yield* waiting.enter(socket)).port
  assertType<Equal<typeof port, number>>()
  const total = yield* waiting.with(async inner => (await inner.enter(session('b'))).name)
  assertType<Equal<typeof total, string | undefined>>()
}
