import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  createTask,
  getEventLoop,
  type Operation,
  sleep,
  type Task,
  TaskPool,
  wait,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { draws, pause, paused } from '../sync/random-runs.ts'

/** What somebody does to the pool. */
const step = fc.record({
  act: fc.constantFrom(
    'spawn',
    'spawn',
    'spawn',
    'eager',
    'nested',
    'cancel',
    'pause',
    'resume',
    'clear',
    'limit',
  ),
  before: pause,
  ms: fc.nat(4),
  cleanupMs: fc.nat(2),
  who: fc.nat(20),
  limit: fc.integer({ min: 1, max: 4 }),
  fails: fc.boolean(),
})

const programs = fc.record({
  limit: fc.integer({ min: 1, max: 4 }),
  tasks: fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), { minLength: 3, maxLength: 3 }),
})

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** A pool is so many turns, a line, and who has a turn. */
class Model {
  readonly pool: TaskPool
  readonly tasks: Task<unknown>[] = []
  readonly line: number[] = []
  running = 0
  isPaused = false

  constructor(limit: number) {
    this.pool = new TaskPool({ limit })
  }

  spawn(step: Step, depth = 0): void {
    const id = this.tasks.length
    const options = { eagerStart: step.act === 'eager' }
    this.tasks.push(undefined as never)
    this.line.push(id)
    const task = this.pool.spawn(() => this.#work(id, step, depth), options)
    this.tasks[id] = task
    task.addDoneCallback(() => {
      // Cancelled before its turn: out of the line.
      const at = this.line.indexOf(id)
      if (at >= 0) {
        expect(task.cancelled()).toBe(true)
        this.line.splice(at, 1)
      } else if (!task.cancelled())
        expect(task.exception()).toEqual(step.fails ? new Error('fails') : undefined)
    })
  }

  *#work(id: number, step: Step, depth: number): Operation<void> {
    const at = this.line.indexOf(id)
    this.line.splice(at, 1)
    // One that begins eagerly has its place before those that were spawned in this turn, and have had no step.
    if (step.act !== 'eager')
      for (const before of this.line.slice(0, at)) expect(this.tasks[before]?.cancelling()).toBeGreaterThan(0)
    expect(this.isPaused).toBe(false)
    this.running += 1
    // Lowered meanwhile, those that run go on, and no other begins.
    expect(this.running).toBeLessThanOrEqual(this.pool.limit)
    try {
      if (step.act === 'nested' && depth < 2) this.spawn(step, depth + 1)
      yield* sleep(step.ms)
      if (step.fails) throw new Error('fails')
    } finally {
      try {
        yield* sleep(step.cleanupMs)
      } finally {
        this.running -= 1
      }
    }
  }

  perform(step: Step): void {
    switch (step.act) {
      case 'cancel':
        this.tasks[step.who]?.cancel()
        break
      case 'pause':
      case 'resume':
        this.isPaused = step.act === 'pause'
        this.pool[step.act]()
        break
      case 'clear':
        this.pool.clear()
        break
      case 'limit':
        this.pool.limit = step.limit
        break
      default:
        this.spawn(step)
    }
  }
}

test('a pool keeps its limit and its order, and loses no turn, whatever is done to it', async () => {
  const property = fc.asyncProperty(programs, async ({ limit, tasks: lists }) => {
    const model = new Model(limit)
    await runVirtual(function* () {
      const told: unknown[] = []
      getEventLoop().setExceptionHandler((_loop, { exception }) => told.push(exception))
      const acting = lists.map(list =>
        createTask(function* () {
          for (const step of list) {
            yield* paused(step.before)
            model.perform(step)
          }
        }),
      )
      yield* wait(acting)
      for (const task of acting) expect(task.exception()).toBeUndefined()
      // At rest, every turn that is free is used, where anybody waits for one.
      yield* sleep(0.5)
      const { running, queued } = model.pool.statistics()
      if (queued.length > 0 && !model.isPaused)
        expect(running.length).toBeGreaterThanOrEqual(model.pool.limit)
      model.perform({ act: 'resume' } as Step)
      yield* model.pool.join()
      expect(told).toEqual([])
      expect(model.running).toBe(0)
      expect(model.pool.statistics()).toMatchObject({ running: { length: 0 }, queued: { length: 0 } })
      yield* sleep(1)
      expect(model.line).toEqual([])
      for (const task of model.tasks) expect(task.done()).toBe(true)
    })
  })
  await fc.assert(property, draws(400))
})
