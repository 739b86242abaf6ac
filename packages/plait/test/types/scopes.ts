import {
  type Body,
  ContextVar,
  createTask,
  type ExceptionGroup,
  type Operation,
  type Runnable,
  sleep,
  type Task,
  type TaskGroup,
  type Timeout,
  TimeoutError,
  type Token,
  taskGroup,
  timeout,
  timeoutAt,
} from '../../src/index.ts'
import { assertType, type Equal } from './assert-type.ts'

/* What the compiler must accept and refuse of scopes and contexts. Compiled, never run. */

// A body is of any color.
export const bodies: Body<[n: number], string>[] = [
  async n => String(n),
  function* (n) {
    yield* sleep(n)
    return String(n)
  },
  n => createTask(async () => String(n)),
]
export const runnables: Runnable<void>[] = [sleep(1), async () => {}, function* () {}, () => sleep(1)]
// @ts-expect-error a plain function is no body
export const plain: Body<[], number> = () => 5

export function* limits() {
  const fromOperation = yield* timeout(
    5,
    createTask(async () => 5),
  )
  assertType<Equal<typeof fromOperation, number>>()
  const fromGenerator = yield* timeout(5, function* (scope) {
    assertType<Equal<typeof scope, Timeout>>()
    yield* sleep(1)
    return scope.when()
  })
  assertType<Equal<typeof fromGenerator, number | undefined>>()
  const fromAsync = yield* timeoutAt(5, async scope => scope.expired())
  assertType<Equal<typeof fromAsync, boolean>>()
  // @ts-expect-error milliseconds are a number
  timeout('5s', sleep(1))
  // @ts-expect-error a promise already runs
  timeout(5, Promise.resolve())
}

export function* groups() {
  const total = yield* taskGroup(function* (group) {
    assertType<Equal<typeof group, TaskGroup>>()
    const one = group.createTask(async () => 1)
    assertType<Equal<typeof one, Task<number>>>()
    return (yield* one) + 1
  })
  assertType<Equal<typeof total, number>>()
  const text = yield* taskGroup(async group => await group.createTask(async () => 'x'))
  assertType<Equal<typeof text, string>>()
  // @ts-expect-error a promise already runs
  yield* taskGroup(async group => group.createTask(Promise.resolve(1)))
}

export function errors(group: ExceptionGroup<Error>): void {
  assertType<Equal<typeof group.errors, Error[]>>()
  const [timeouts, rest] = group.split(TimeoutError)
  timeouts?.leaves()
  rest?.filter(error => error instanceof RangeError)
  // @ts-expect-error a text is no matcher
  group.filter('TimeoutError')
}

export function contexts(): void {
  const user = new ContextVar<string>('user', { default: 'nobody' })
  assertType<Equal<ReturnType<typeof user.get>, string>>()
  const token = user.set('ann')
  assertType<Equal<typeof token, Token<string>>>()
  // @ts-expect-error a user is a text
  user.set(5)
  // @ts-expect-error the token of another type
  new ContextVar<number>('n').reset(token)
}

export function* annotated(): Operation<number> {
  yield* sleep(1)
  return 5
}
