import { expect, test } from 'vitest'
import {
  allTasks,
  coroutine,
  createTask,
  currentTask,
  gather,
  getEventLoop,
  isCancelled,
  type Operation,
  sleep,
  type Task,
  TimeoutError,
  taskGroup,
  timeout,
  until,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { ending } from './endings.ts'

/** What one run of the program has to answer for. */
class Ledger {
  readonly wrong: string[] = []
  opened = 0
  closed = 0

  /** Checks, from inside a task, that the runtime knows which one it is. */
  here(name: string): void {
    if (currentTask()?.name !== name) this.wrong.push(`${currentTask()?.name} where ${name} runs`)
  }

  /** A generator that waits, with a finally that waits too. */
  *guarded(name: string, wait: () => Operation<unknown>): Operation<void> {
    this.opened += 1
    try {
      this.here(name)
      yield* wait()
      this.here(name)
    } finally {
      this.here(name)
      this.closed += 1
      yield* sleep(1)
      this.here(name)
    }
  }

  /** The same as an async function. */
  async guardedAsync(name: string, wait: () => PromiseLike<unknown>): Promise<void> {
    this.opened += 1
    try {
      this.here(name)
      await wait()
      this.here(name)
    } finally {
      this.here(name)
      this.closed += 1
      await sleep(1)
      await null
      this.here(name)
    }
  }
}

const guarded = coroutine(function* (ledger: Ledger, name: string) {
  yield* ledger.guarded(name, () => sleep(2))
})

/** Promise.all goes at the first error and leaves the other behind; a program that wants to end whole waits for both. */
async function bothOf(promises: Promise<unknown>[]): Promise<void> {
  for (const end of await Promise.allSettled(promises)) if (end.status === 'rejected') throw end.reason
}

/** Generators and async functions in and beside each other, in groups and under timeouts. */
function* program(ledger: Ledger): Operation<string> {
  ledger.here('victim')
  return yield* taskGroup(function* (group) {
    const gen = group.createTask(
      ledger.guarded('gen', () =>
        timeout(
          20,
          ledger.guarded('gen', () => sleep(5)),
        ),
      ),
      { name: 'gen' },
    )
    const async = group.createTask(
      () =>
        ledger.guardedAsync('async', async () => {
          await guarded(ledger, 'async')
          await timeout(20, () => ledger.guardedAsync('async', () => sleep(4)))
          await gen
        }),
      { name: 'async' },
    )
    yield* ledger.guarded('victim', () => until(() => ledger.guardedAsync('victim', () => sleep(3))))
    const slow = group.createTask(ending(timeout(2, () => ledger.guardedAsync('slow', () => sleep(50)))), {
      name: 'slow',
    })
    const [end] = yield* gather(slow, async)
    yield* timeout(30, async scope => {
      scope.reschedule(getEventLoop().time() + 40)
      await bothOf([
        ledger.guardedAsync('victim', () => sleep(6)),
        ledger.guardedAsync('victim', () =>
          taskGroup(async inner => {
            inner.createTask(() => ledger.guardedAsync('inner', () => sleep(2)), { name: 'inner' })
            await ledger.guardedAsync('victim', () => sleep(1))
          }),
        ),
      ])
    })
    yield
    ledger.here('victim')
    return 'error' in end && end.error instanceof TimeoutError ? 'timed out inside' : 'wrong end'
  })
}

type Ending = { value: string } | { error: unknown }

/** Runs the program and cancels it at its nth suspension or wake-up; gives how many there were. */
function* attempt(
  cancelAt: number,
  times: number,
): Operation<{ moments: number; end: Ending; ledger: Ledger }> {
  const ledger = new Ledger()
  const loop = getEventLoop()
  let moments = 0
  const moment = (task: unknown) => {
    if ((task as Task<unknown>).name === 'main') return
    // While it waits, once all the others have parked too; and again in the turns that follow.
    for (let n = 0; n < times; n += 1) {
      if (moments === cancelAt) after(n, () => victim.cancel(`at ${cancelAt}`))
    }
    moments += 1
  }
  const after = (turns: number, fn: () => void): void =>
    void loop.callSoon(turns === 0 ? fn : () => after(turns - 1, fn))
  loop.instrument = { parks: moment, wakes: moment }
  const victim: Task<string> = createTask(program(ledger), { name: 'victim' })
  const end = yield* ending(victim)
  loop.instrument = undefined
  return { moments, end, ledger }
}

test('a program of both colors, cancelled at each of its waits in turn, always ends whole', async () => {
  const plain = await runVirtual(() => attempt(-1, 0))
  expect(plain.end).toEqual({ value: 'timed out inside' })
  expect(plain.ledger.wrong).toEqual([])
  expect(plain.moments).toBeGreaterThan(60)
  for (const times of [1, 2, 3]) {
    // The last moment is the wake-up that ends the program: a cancel after it comes too late.
    for (let at = 0; at < plain.moments - 1; at += 1) {
      const where = `after ${times} from ${at} of ${plain.moments}`
      const left = await runVirtual(function* () {
        const { end, ledger } = yield* attempt(at, times)
        expect('error' in end && isCancelled(end.error), `${where}: ${JSON.stringify(end)}`).toBe(true)
        expect(ledger.wrong, `the wrong task ${where}`).toEqual([])
        expect(ledger.closed, `finally blocks ${where}`).toBe(ledger.opened)
        return allTasks().map(task => task.name)
      })
      expect(left, `left running ${where}`).toEqual(['main'])
    }
  }
})
