import { describe, expect } from 'vitest'
import { Greenlet, getcurrent, switchTo } from '../../src/greenlet.ts'
import {
  coroutine,
  getEventLoop,
  MisuseError,
  type Operation,
  sleep as sleepOperation,
} from '../../src/index.ts'
import { thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

const stateOf = ({ started, dead }: Greenlet<never>): [started: boolean, dead: boolean] => [started, dead]

describe('a greenlet', () => {
  plainTest('does nothing until it is switched to, and is dead when its function has ended', () => {
    const main = getcurrent()
    const seen: unknown[] = []
    const greenlet: Greenlet = new Greenlet(() => {
      seen.push(stateOf(greenlet))
      main.switch()
    })
    expect([stateOf(greenlet), seen]).toEqual([[false, false], []])
    greenlet.switch()
    expect([stateOf(greenlet), seen]).toEqual([[true, false], [[true, false]]])
    greenlet.switch()
    expect(stateOf(greenlet)).toEqual([false, true])
  })

  plainTest('is dead when its function has thrown', () => {
    const greenlet: Greenlet = new Greenlet(() => {
      throw new Error('bad')
    })
    expect(thrownBy(() => greenlet.switch())).toEqual(new Error('bad'))
    expect(stateOf(greenlet)).toEqual([false, true])
  })

  plainTest('is the current one while it runs, as is what switched to it afterwards', () => {
    const main = getcurrent()
    const outer: Greenlet = new Greenlet(() => {
      const inner: Greenlet = new Greenlet(() => getcurrent() === inner)
      return [getcurrent() === outer, inner.switch(), getcurrent() === outer]
    })
    expect(outer.switch()).toEqual([true, true, true])
    expect(getcurrent()).toBe(main)
  })

  plainTest('that is the main one of its task has begun, has no parent, and is no other’s', () => {
    const main = getcurrent()
    expect([stateOf(main), main.parent]).toEqual([[true, false], undefined])
    expect(getcurrent()).toBe(main)
    expect(new Greenlet(() => {}).parent).toBe(main)
  })

  plainTest('goes on from the midst of nested calls and callbacks', () => {
    const main = getcurrent()
    const give = (value: number): unknown => main.switch(value)
    function inner(values: number[]): unknown[] {
      return values.map(value => [give(value), give(-value)])
    }
    const greenlet: Greenlet = new Greenlet(() => inner([1, 2]))
    const given = [greenlet.switch(), greenlet.switch('a'), greenlet.switch('b'), greenlet.switch('c')]
    expect(given).toEqual([1, -1, 2, -2])
    expect(greenlet.switch('d')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })
})

describe('what it runs', () => {
  plainTest('is called with what the first switch brings, and with the greenlet as this', () => {
    const seen: unknown[] = []
    const greenlet: Greenlet = new Greenlet(function (this: unknown, ...args: unknown[]) {
      seen.push(this, args)
    })
    greenlet.switch(1, undefined, [2])
    expect(seen).toEqual([greenlet, [1, undefined, [2]]])
  })

  plainTest('may be a method run of a class that extends it, which can wait as any', () => {
    const main = getcurrent()
    class Adder extends Greenlet<[number]> {
      readonly by: number
      constructor(by: number) {
        super()
        this.by = by
      }
      override run(n: number): number {
        const more = main.switch('begun') as number
        return n + this.by + more
      }
    }
    const adder = new Adder(10)
    expect(adder.switch(1)).toBe('begun')
    expect(adder.switch(100)).toBe(111)
  })

  plainTest('is what its class says also where it was made with another, but not where it was set', () => {
    class Two extends Greenlet {
      override run(): string {
        return 'of the class'
      }
    }
    const set = new Two()
    set.run = () => 'set'
    expect([new Two(() => 'made with').switch(), set.switch()]).toEqual(['of the class', 'set'])
  })

  plainTest('can be set until it begins, and is not told any more after that', () => {
    const main = getcurrent()
    const greenlet: Greenlet = new Greenlet(() => 'first')
    const second = (): unknown => main.switch(greenlet.run)
    greenlet.run = second
    expect(greenlet.run).toBe(second)
    expect(greenlet.switch()).toBe(undefined)
    expect(() => {
      greenlet.run = () => 'third'
    }).toThrow('<Greenlet second suspended> has begun already')
  })

  plainTest('can be given to one that was made with nothing', () => {
    const greenlet: Greenlet = new Greenlet()
    expect(thrownBy(() => greenlet.switch())).toMatchObject({ code: 'greenletWithoutRun' })
    greenlet.run = () => 'now'
    expect(greenlet.switch()).toBe('now')
  })

  plainTest('may be a generator function, whose waits are waits of the task', () => {
    const before = getEventLoop().time()
    const main = getcurrent()
    const greenlet: Greenlet = new Greenlet(function* (n: number): Operation<unknown> {
      yield* sleepOperation(5)
      const more = yield* switchTo(main, 'slept')
      return [n, more]
    })
    expect([greenlet.switch(1), getEventLoop().time() - before]).toEqual(['slept', 5])
    expect(greenlet.switch(2)).toEqual([1, 2])
  })

  plainTest('may be a coroutine, which switches from its own calls', () => {
    const main = getcurrent()
    const inner = coroutine(function* inner(n: number): Operation<unknown> {
      return yield* switchTo(main, n)
    })
    const outer = coroutine(function* outer(n: number): Operation<unknown> {
      return [yield* inner(n), yield* inner(n + 1)]
    })
    const greenlet: Greenlet = new Greenlet(outer)
    expect([greenlet.switch(1), greenlet.switch('a'), greenlet.switch('b')]).toEqual([1, 2, ['a', 'b']])
    expect(greenlet.dead).toBe(true)
  })

  plainTest('must be a function', () => {
    for (const wrong of ['text', 5, null, {}]) expect(() => new Greenlet(wrong as never)).toThrow(MisuseError)
    expect(() => {
      new Greenlet().run = 'text' as never
    }).toThrow('function')
  })
})

describe('its text', () => {
  plainTest('tells what it runs, and how far it is', () => {
    const main = getcurrent()
    function work(): void {
      seen.push(String(greenlet), String(main))
      main.switch()
    }
    const seen: string[] = []
    const greenlet: Greenlet = new Greenlet(work)
    seen.push(String(main), String(greenlet))
    greenlet.switch()
    seen.push(String(greenlet))
    greenlet.switch()
    expect([...seen, String(greenlet)]).toEqual([
      '<Greenlet main current>',
      '<Greenlet work pending>',
      '<Greenlet work current>',
      '<Greenlet main suspended>',
      '<Greenlet work suspended>',
      '<Greenlet work dead>',
    ])
  })

  plainTest('is that of its class, and of one that runs nothing with a name', () => {
    class Worker extends Greenlet {}
    expect([String(new Worker()), `${new Worker(() => {})}`]).toEqual([
      '<Worker pending>',
      '<Worker pending>',
    ])
  })
})
