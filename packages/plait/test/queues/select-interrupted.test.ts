import { expect } from 'vitest'
import {
  Channel,
  ChannelClosedError,
  createTask,
  Event,
  Lock,
  Queue,
  QueueShutDownError,
  Semaphore,
  select,
  sleep,
} from '../../src/index.ts'
import { type Actor, interrupted, type Scenario, type Steps } from '../sync/interrupted.ts'

/** Two queues: one task puts into whichever has room, two get from whichever has something. */
function crossroads(): Scenario {
  const left = new Queue<number>({ maxSize: 1, name: 'left' })
  const right = new Queue<number>({ maxSize: 1, name: 'right' })
  const put: number[] = []
  const got: number[] = []
  function* untilShutDown(steps: Steps): Steps {
    try {
      yield* steps
    } catch (error) {
      if (!(error instanceof QueueShutDownError)) throw error
    }
  }
  function* putAll(me: Actor): Steps {
    for (let item = 1; item <= 6; item += 1) {
      yield* me.wait(options => select({ left: left.put(item), right: right.put(item) }, options))
      put.push(item)
    }
  }
  function* getAll(me: Actor): Steps {
    for (;;) {
      const next = yield* me.wait(options =>
        select({ left: left.get(), right: right.get(), again: left.get(), tick: sleep(3) }, options),
      )
      if (next.kind !== 'tick') got.push(next.value)
      yield* me.sleep(0.5)
    }
  }
  const getter = (me: Actor): Steps => untilShutDown(getAll(me))
  return {
    tasks: {
      p: me => untilShutDown(putAll(me)),
      g: getter,
      h: getter,
      *closer(me) {
        try {
          yield* me.sleep(7)
        } finally {
          left.shutdown()
          right.shutdown()
        }
      },
    },
    *check(victim) {
      for (const queue of [left, right]) {
        expect(queue.statistics()).toMatchObject({ getters: [], putters: [] })
        while (!queue.empty()) got.push(queue.getNowait())
      }
      if (victim === undefined) expect(put.length).toBe(6)
      expect([...got].sort()).toEqual(put)
    },
  }
}

/** Two who each offer to the other and listen to the other, in one select. */
function duel(capacity: number): () => Scenario {
  return () => {
    const there = new Channel<string>({ capacity, name: 'there' })
    const back = new Channel<string>({ capacity, name: 'back' })
    const sent: string[] = []
    const received: string[] = []
    function* duellist(me: Actor, out: Channel<string>, into: Channel<string>): Steps {
      try {
        for (let n = 1; n <= 4; n += 1) {
          const item = `${me.name}${n}`
          const next = yield* me.wait(options =>
            select({ out: out.send(item), into: into.receive() }, options),
          )
          if (next.kind === 'out') sent.push(item)
          else if (next.value.kind === 'closed') return
          else received.push(next.value.item)
          yield* me.sleep(me.name === 'a' ? 0.3 : 0.5)
        }
      } catch (error) {
        if (!(error instanceof ChannelClosedError)) throw error
      }
    }
    return {
      mayBeLate: true,
      tasks: { a: me => duellist(me, there, back), b: me => duellist(me, back, there) },
      atRest() {
        for (const { size, senders, receivers } of [there.statistics(), back.statistics()]) {
          if (size > 0 || senders.length > 0) expect(receivers).toEqual([])
          if (size < capacity) expect(senders).toEqual([])
        }
      },
      *end() {
        there.close()
        back.close()
      },
      *check() {
        for (const channel of [there, back]) {
          while (channel.size > 0) {
            const next = yield* channel.receive()
            if (next.kind === 'item') received.push(next.item)
          }
          expect(channel.statistics()).toMatchObject({ senders: [], receivers: [] })
        }
        expect([...received].sort()).toEqual([...sent].sort())
      },
    }
  }
}

/** Whatever can be a case, at once; who takes something gives it back. */
function bazaar(): Scenario {
  const lock = new Lock()
  const permits = new Semaphore(1)
  const opened = new Event()
  const taken: string[] = []
  let inside = 0
  function* customer(me: Actor): Steps {
    const errand = createTask(sleep(2))
    try {
      for (let n = 0; n < 3; n += 1) {
        const next = yield* me.wait(options =>
          select(
            {
              lock: lock.acquire(),
              permit: permits.acquire(),
              opened: opened.wait(),
              errand,
              tick: sleep(5),
            },
            options,
          ),
        )
        taken.push(next.kind)
        if (next.kind !== 'lock' && next.kind !== 'permit') continue
        using _held = next.value
        inside += 1
        try {
          expect(inside).toBeLessThanOrEqual(2)
          yield* me.sleep(1)
        } finally {
          inside -= 1
        }
      }
    } finally {
      errand.cancel()
    }
  }
  return {
    tasks: {
      a: customer,
      b: customer,
      c: customer,
      *owner(me) {
        try {
          yield* me.sleep(3)
        } finally {
          opened.set()
        }
      },
    },
    *check(victim) {
      expect(lock.statistics()).toEqual({ locked: false, holder: undefined, waiters: [] })
      expect(permits.statistics()).toEqual({ value: 1, holders: [], waiters: [] })
      expect(opened.statistics().waiters).toEqual([])
      if (victim === undefined) expect(taken.length).toBe(9)
    },
  }
}

interrupted('a select over queues loses and doubles nothing', crossroads, { p: 2, g: 6, h: 6, closer: 1 })
interrupted('two selects that face each other lose and double nothing', duel(0), { a: 8, b: 4 })
interrupted('two selects that face each other over room lose and double nothing', duel(1), { a: 5, b: 4 })
interrupted('a select over locks, permits, events, tasks and timers keeps none of them', bazaar, {
  a: 3,
  b: 2,
  c: 2,
  owner: 1,
})
