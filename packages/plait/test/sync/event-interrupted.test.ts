import { expect } from 'vitest'
import { Event } from '../../src/index.ts'
import { type Actor, interrupted, type Scenario, type Steps } from './interrupted.ts'

function make(): Scenario {
  const event = new Event()
  const passed: string[] = []
  function* waiter(me: Actor): Steps {
    for (const pause of [2, 0]) {
      yield* me.wait(options => event.wait(options))
      passed.push(me.name)
      if (pause > 0) yield* me.sleep(pause)
    }
  }
  return {
    tasks: {
      a: waiter,
      b: waiter,
      c: waiter,
      *setter(me) {
        try {
          yield* me.sleep(1)
        } finally {
          event.set()
          event.clear()
        }
        yield* me.sleep(4)
        event.set()
      },
    },
    atRest() {
      expect(event.isSet()).toBe(false)
    },
    *end() {
      event.set()
    },
    *check(victim) {
      expect(event.statistics()).toEqual({ isSet: true, waiters: [] })
      const others = ['a', 'b', 'c'].filter(name => name !== victim)
      expect(passed.filter(name => name !== victim)).toEqual([...others, ...others])
    },
  }
}

interrupted('an event wakes all who wait, cleared at once or not, in the order they came', make, {
  a: 3,
  b: 3,
  c: 3,
  setter: 2,
})
