import { describe, expect, test } from 'vitest'
import {
  BoundedSemaphore,
  Condition,
  coroutine,
  createTask,
  Lock,
  MisuseError,
  type Operation,
  Semaphore,
  sleep,
  TimeoutError,
  timeout,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { collectGarbage } from '../collect-garbage.ts'
import { errorOf } from '../tasks/endings.ts'

const kinds: Record<string, () => Lock | Condition | Semaphore> = {
  Lock: () => new Lock(),
  Condition: () => new Condition(),
  Semaphore: () => new Semaphore(1),
  BoundedSemaphore: () => new BoundedSemaphore(1),
}

describe.each(Object.entries(kinds))('%s', (_, make) => {
  test('using gives it back at the end of the block, however that is left', async () => {
    await runVirtual(function* () {
      const gate = make()
      function* block(how: string): Operation<string> {
        using _held = yield* gate.acquire()
        expect(gate.locked()).toBe(true)
        if (how === 'return') return 'early'
        if (how === 'throw') throw new Error('broken')
        yield* sleep(5)
        return 'end'
      }
      expect(yield* block('return')).toBe('early')
      expect(gate.locked()).toBe(false)
      expect(yield* errorOf(block('throw'))).toMatchObject({ message: 'broken' })
      expect(gate.locked()).toBe(false)
      expect(yield* errorOf(timeout(1, block('wait')))).toBeInstanceOf(TimeoutError)
      expect(gate.locked()).toBe(false)
      expect(yield* block('wait')).toBe('end')
      expect(gate.locked()).toBe(false)
    })
  })

  test('using in an async function does the same', async () => {
    await runVirtual(async () => {
      const gate = make()
      const block = async (broken: boolean) => {
        using _held = await gate.acquire()
        expect(gate.locked()).toBe(true)
        await sleep(1)
        if (broken) throw new Error('broken')
      }
      await block(false)
      expect(gate.locked()).toBe(false)
      await expect(block(true)).rejects.toThrow('broken')
      expect(gate.locked()).toBe(false)
    })
  })

  test('what is disposed again is not given back again', async () => {
    await runVirtual(function* () {
      const gate = make()
      const first = yield* gate.acquire()
      first[Symbol.dispose]()
      first[Symbol.dispose]()
      expect(gate.locked()).toBe(false)
      const second = yield* gate.acquire()
      first[Symbol.dispose]()
      expect(gate.locked()).toBe(true)
      second[Symbol.dispose]()
      expect(gate.locked()).toBe(false)
    })
  })

  test('hold runs a body of any color with it, and gives what the body gives', async () => {
    await runVirtual(function* () {
      const gate = make()
      function* inside(): Operation<boolean> {
        yield* sleep(1)
        return gate.locked()
      }
      const bodies = [inside(), inside, coroutine(inside), coroutine(inside)(), async () => gate.locked()]
      for (const body of bodies) {
        expect(yield* gate.hold(body)).toBe(true)
        expect(gate.locked()).toBe(false)
      }
      expect(yield* gate.hold(sleep(1))).toBeUndefined()
    })
    await runVirtual(async () => {
      const gate = make()
      expect(await gate.hold(async () => gate.locked())).toBe(true)
      expect(gate.locked()).toBe(false)
    })
  })

  test('hold gives it back when the body fails or is cancelled, once its cleanup has ended', async () => {
    await runVirtual(function* () {
      const gate = make()
      const failing = gate.hold(async () => {
        throw new Error('broken')
      })
      expect(yield* errorOf(failing)).toMatchObject({ message: 'broken' })
      expect(gate.locked()).toBe(false)
      const log: string[] = []
      const task = createTask(
        gate.hold(function* () {
          try {
            yield* sleep(100)
          } finally {
            yield* sleep(10)
            log.push(`cleaned up, locked: ${gate.locked()}`)
          }
        }),
      )
      yield* sleep(1)
      task.cancel()
      yield* gate.hold(function* () {
        log.push('next')
      })
      expect(log).toEqual(['cleaned up, locked: true', 'next'])
      expect(task.cancelled()).toBe(true)
    })
  })

  test('hold that is cancelled before its turn never begins its body', async () => {
    await runVirtual(function* () {
      const gate = make()
      yield* gate.acquire()
      let begun = false
      const task = createTask(
        gate.hold(function* () {
          begun = true
        }),
      )
      yield* sleep(1)
      task.cancel()
      yield* sleep(1)
      gate.release()
      expect(begun).toBe(false)
      expect(gate.locked()).toBe(false)
    })
  })

  test('hold refuses what is no body, before it takes anything', () => {
    const gate = make()
    for (const wrong of [5, 'text', undefined, Promise.resolve(), [sleep(1)]] as never[])
      expect(() => gate.hold(wrong)).toThrow(MisuseError)
    expect(gate.locked()).toBe(false)
  })
})

test('a lock released by hand inside its block is not taken from the next who has it', async () => {
  await runVirtual(function* () {
    for (const gate of [new Lock(), new Condition()]) {
      function* block(): Operation<void> {
        using _held = yield* gate.acquire()
        gate.release()
        yield* createTask(gate.acquire())
      }
      yield* block()
      expect(gate.locked()).toBe(true)
      gate.release()
      yield* gate.hold(function* () {
        gate.release()
      })
      expect(gate.locked()).toBe(false)
    }
  })
})

test('a permit given back by hand and by its block is one too many, as a bounded semaphore says', async () => {
  await runVirtual(function* () {
    const twice = (semaphore: Semaphore) => semaphore.hold(async () => semaphore.release())
    const semaphore = new Semaphore(1)
    yield* twice(semaphore)
    expect(semaphore.value).toBe(2)
    const bounded = new BoundedSemaphore(1)
    expect(yield* errorOf(twice(bounded))).toMatchObject({ code: 'releasedTooOften' })
    expect(bounded.value).toBe(1)
  })
})

test('permits are given back by whoever has them, and more than were taken', async () => {
  await runVirtual(function* () {
    const grown = new Semaphore(1)
    const worker = createTask(grown.hold(sleep(10)))
    yield* sleep(1)
    grown.release() // room for one more
    yield* worker
    expect(grown.statistics()).toEqual({ value: 2, holders: [], waiters: [] })

    const handed = new Semaphore(2)
    const older = createTask(handed.hold(sleep(10)))
    yield* sleep(0)
    yield* createTask(handed.acquire())
    handed.release() // on behalf of one that has ended
    yield* older
    expect(handed.statistics()).toMatchObject({ value: 2, holders: [] })
  })
})

test('a bounded semaphore never has more than its bound, whoever gives back', async () => {
  await runVirtual(function* () {
    const semaphore = new BoundedSemaphore(1)
    const holder = createTask(semaphore.hold(sleep(5)))
    yield* sleep(1)
    semaphore.release() // on behalf of the holder
    expect(yield* errorOf(holder)).toMatchObject({ code: 'releasedTooOften' })
    expect(semaphore.value).toBe(1)
  })
})

test('a semaphore that is given to and taken from for ever keeps nothing of it', async () => {
  await runVirtual(function* () {
    const items = new Semaphore(0)
    const consumer = createTask(function* () {
      for (;;) yield* items.acquire()
    })
    collectGarbage()
    const before = process.memoryUsage().heapUsed
    for (let n = 0; n < 200_000; n += 1) {
      items.release()
      yield
    }
    collectGarbage()
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(2_000_000)
    consumer.cancel()
  })
})

test('a wait inside hold gives the lock back in between, and hold gives back the one it got', async () => {
  await runVirtual(function* () {
    const condition = new Condition()
    const waiter = createTask(condition.hold(condition.wait()))
    yield* sleep(1)
    expect(condition.locked()).toBe(false)
    yield* condition.hold(async () => condition.notify())
    expect(yield* waiter).toBe(true)
    expect(condition.locked()).toBe(false)
    function* inBlock(): Operation<void> {
      using _held = yield* condition.acquire()
      yield* condition.wait()
      expect(condition.locked()).toBe(true)
    }
    const user = createTask(inBlock())
    yield* sleep(1)
    yield* condition.hold(async () => condition.notifyAll())
    yield* user
    expect(condition.locked()).toBe(false)
  })
})
