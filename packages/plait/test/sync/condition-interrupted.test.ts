import { expect } from 'vitest'
import { Condition, Lock } from '../../src/index.ts'
import { type Actor, interrupted, type Scenario, type Steps } from './interrupted.ts'

const free = { locked: false, holder: undefined, waiters: [] }

/** Whoever leaves a wait, well or not, has the lock. */
function* holding<T>(condition: Condition, me: Actor, wait: () => Steps<T>): Steps<T> {
  try {
    return yield* wait()
  } finally {
    expect(condition.statistics().lock.holder).toBe(me.task)
  }
}

function inside(condition: Condition, me: Actor, steps: () => Steps): Steps {
  return me.waitFor(() => condition.hold(me.body(steps)))
}

/** One makes, three take, each notification is for as many as there is something for. */
function stockroom(): Scenario {
  const changed = new Condition()
  let stock = 0
  let made = 0
  const taken: string[] = []
  const add = (many: number): void => {
    stock += many
    made += many
    changed.notify(many)
  }
  const taker = (me: Actor): Steps =>
    inside(changed, me, function* () {
      yield* holding(changed, me, () => me.wait(options => changed.waitFor(() => stock > 0, options)))
      stock -= 1
      taken.push(me.name)
    })
  return {
    tasks: {
      a: taker,
      b: taker,
      c: taker,
      *maker(me) {
        for (const many of [1, 2]) {
          yield* me.sleep(1)
          yield* inside(changed, me, function* () {
            add(many)
          })
        }
      },
    },
    atRest() {
      if (stock > 0) expect(changed.statistics().waiters).toEqual([])
    },
    end: () => changed.hold(async () => add(3)),
    *check() {
      expect(changed.statistics()).toEqual({ lock: free, waiters: [] })
      expect(stock + taken.length).toBe(made)
    },
  }
}

/** All are notified while the lock is kept, and each keeps it for a while: whoever wakes has to wait for it. */
function assembly(): Scenario {
  const condition = new Condition()
  const woken: string[] = []
  const waiter = (me: Actor): Steps =>
    inside(condition, me, function* () {
      yield* holding(condition, me, () => me.wait(options => condition.wait(options)))
      woken.push(me.name)
      yield* me.sleep(1)
    })
  return {
    tasks: {
      a: waiter,
      b: waiter,
      c: waiter,
      *caller(me) {
        yield* me.sleep(1)
        yield* inside(condition, me, function* () {
          condition.notifyAll()
          yield* me.sleep(1)
        })
      },
    },
    end: () => condition.hold(async () => condition.notifyAll()),
    *check(victim) {
      expect(condition.statistics()).toEqual({ lock: free, waiters: [] })
      const others = (names: readonly string[]) => names.filter(name => name !== victim)
      expect(others(woken)).toEqual(others(['a', 'b', 'c']))
    },
  }
}

/** Room for one thing, two conditions on one lock, which is taken with `using`. */
function passage(): Scenario {
  const lock = new Lock()
  const notEmpty = new Condition(lock)
  const notFull = new Condition(lock)
  const buffer: string[] = []
  const brought: string[] = []
  const taken: string[] = []
  let isOver = false
  function* bringer(me: Actor): Steps {
    for (const thing of [`${me.name}1`, `${me.name}2`]) {
      using _held = yield* me.wait(options => notFull.acquire(options))
      yield* holding(notFull, me, () =>
        me.wait(options => notFull.waitFor(() => isOver || buffer.length === 0, options)),
      )
      if (isOver) return
      buffer.push(thing)
      brought.push(thing)
      notEmpty.notify()
    }
  }
  function* taker(me: Actor): Steps {
    for (let n = 0; n < 2; n += 1) {
      using _held = yield* me.wait(options => notEmpty.acquire(options))
      yield* holding(notEmpty, me, () =>
        me.wait(options => notEmpty.waitFor(() => isOver || buffer.length > 0, options)),
      )
      if (isOver) return
      taken.push(buffer.pop() as string)
      notFull.notify()
    }
  }
  return {
    tasks: { a: taker, b: taker, p: bringer, q: bringer },
    atRest() {
      const { waiters } = (buffer.length > 0 ? notEmpty : notFull).statistics()
      expect(waiters).toEqual([])
    },
    *end() {
      using _held = yield* lock.acquire()
      isOver = true
      notEmpty.notifyAll()
      notFull.notifyAll()
    },
    *check() {
      expect(notEmpty.statistics()).toEqual({ lock: free, waiters: [] })
      expect(notFull.statistics()).toEqual({ lock: free, waiters: [] })
      expect([...taken, ...buffer].sort()).toEqual([...brought].sort())
    },
  }
}

interrupted('a condition forgets nobody for whom there is something', stockroom, {
  a: 1,
  b: 1,
  c: 1,
  maker: 2,
})
interrupted('whoever is notified has the lock again, in turn', assembly, { a: 3, b: 3, c: 3, caller: 2 })
interrupted('two conditions on one lock lose no notification', passage, { a: 2, b: 2, p: 1, q: 2 })
