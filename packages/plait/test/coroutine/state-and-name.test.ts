import { expect, test } from 'vitest'
import { type Coroutine, coroutine } from '../../src/coroutine.ts'
import { createTask, Future, sleep, type Task } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

test('the name is that of the generator function, and the text form tells name and state', () => {
  const fetchPage = coroutine(function* fetchPage(): Generator<number, void, void> {
    yield 1
  })
  const page = fetchPage()
  expect(fetchPage.name).toBe('fetchPage')
  expect(page.name).toBe('fetchPage')
  expect(String(page)).toBe('<Coroutine fetchPage created>')
  page.next()
  expect(String(page)).toBe('<Coroutine fetchPage suspended>')
  page.close()
  expect(String(page)).toBe('<Coroutine fetchPage closed>')
})

test('one without a name is called anonymous', () => {
  expect(coroutine(function* () {})().name).toBe('anonymous')
})

test('the function keeps its length, its arguments and its this', () => {
  const owner = {
    base: 10,
    add: coroutine(function* (this: { base: number }, a: number, b: number): Generator<never, number, void> {
      return this.base + a + b
    }),
  }
  expect(owner.add.length).toBe(2)
  expect(owner.add(1, 2).next()).toEqual({ done: true, value: 13 })
})

test('a coroutine that runs, or whose callee runs, is running', () => {
  const states: string[] = []
  const made: { outer?: Coroutine<void, undefined, void>; inner?: Coroutine<void, undefined, void> } = {}
  const look = () => states.push(`${made.outer?.state} ${made.inner?.state}`)
  const inner = coroutine(function* inner(): Generator<undefined, void, void> {
    look()
    yield
    look()
  })
  const outer = coroutine(function* outer(): Generator<undefined, void, void> {
    made.inner = inner()
    look()
    yield* made.inner
    look()
  })
  made.outer = outer()
  look()
  made.outer.next()
  look()
  made.outer.next()
  look()
  expect(states).toEqual([
    'created undefined',
    'running created',
    'running running',
    'suspended suspended',
    'running running',
    'running closed',
    'closed closed',
  ])
})

test('in a task, the state is told from inside and from outside', async () => {
  const states: string[] = []
  const work = coroutine(function* work() {
    states.push(one.state)
    yield* sleep(5)
    states.push(one.state)
  })
  const one = work()
  await runVirtual(function* () {
    states.push(one.state)
    const task = createTask(one)
    yield* sleep(1)
    states.push(one.state)
    yield* task
    states.push(one.state)
  })
  expect(states).toEqual(['created', 'running', 'suspended', 'running', 'closed'])
})

test('awaiting is the callee delegated to, and for the innermost what it is parked on', async () => {
  const gate = new Future<void>()
  const inner = coroutine(function* inner() {
    yield* gate
  })
  const outer = coroutine(function* outer(it: Coroutine<void>) {
    yield* it
  })
  const callee = inner()
  const caller = outer(callee)
  expect(caller.awaiting).toBeUndefined()
  let task: Task<void> | undefined
  await runVirtual(function* () {
    task = createTask(caller)
    yield* sleep(1)
    expect(caller.awaiting).toBe(callee)
    expect(callee.awaiting).toBe(gate)
    expect(task.getCoro()).toBe(caller)
    gate.setResult()
    yield* task
    expect(caller.awaiting).toBeUndefined()
    expect(callee.awaiting).toBeUndefined()
  })
})

test('awaiting of one driven by hand is the wait it stands in', () => {
  const gate = new Future<void>()
  const waiting = coroutine(function* () {
    yield* gate
  })()
  waiting.next()
  expect(waiting.awaiting).toBe(gate)
  waiting.close()
  expect(waiting.awaiting).toBeUndefined()
})

test('the location is the line it is suspended at, for as long as it is suspended', () => {
  const here = coroutine(function* (): Generator<undefined, void, void> {
    yield
  })()
  expect(here.location).toBeUndefined()
  here.next()
  expect(here.location).toMatch(/state-and-name\.test\.ts.*:\d+:\d+$/)
  here.next()
  expect(here.location).toBeUndefined()
})
