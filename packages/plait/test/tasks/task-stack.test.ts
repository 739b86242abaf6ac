import { expect, test } from 'vitest'
import { coroutine, createTask, sleep } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { errorOf } from './endings.ts'

const inner = coroutine(function* inner() {
  yield* sleep(10)
})
const outer = coroutine(function* outer() {
  yield* inner()
})

test('the stack of a task is the coroutines it stands in, outermost first, each with its place', async () => {
  await runVirtual(function* () {
    const task = createTask(outer())
    yield* sleep(1)
    const stack = task.getStack()
    expect(stack.map(entry => entry.name)).toEqual(['outer', 'inner'])
    for (const { location } of stack) expect(location).toMatch(/task-stack\.test\.ts.*:\d+:\d+$/)
    task.cancel()
    yield* errorOf(task)
  })
})

test('of one that has not begun, or is an async function, it is what the task was given', async () => {
  await runVirtual(function* () {
    const unborn = createTask(outer())
    expect(unborn.getStack().map(entry => entry.name)).toEqual(['outer'])
    const load = createTask(async function load() {
      await sleep(1)
    })
    expect(load.getStack().map(entry => entry.name)).toEqual(['load'])
    yield
    expect(load.getStack().map(entry => entry.name)).toEqual(['load'])
  })
})

test('printStack says it line by line, the task first', async () => {
  const lines: string[] = []
  await runVirtual(function* () {
    const task = createTask(outer(), { name: 'worker' })
    yield* sleep(1)
    task.printStack(line => lines.push(line))
  })
  expect(lines[0]).toContain('worker')
  expect(lines.slice(1).map(line => line.match(/outer|inner/)?.[0])).toEqual(['outer', 'inner'])
})
