import { afterEach, describe, expect, test } from 'vitest'
import {
  Greenlet,
  GreenletExit,
  getcurrent,
  gettrace,
  settrace,
  type TraceCallback,
} from '../../src/greenlet.ts'
import { thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

afterEach(() => {
  settrace(undefined)
})

/** Keeps what a tracer is told of while something is done, by the names of the greenlets. */
function traced(names: ReadonlyMap<Greenlet<never>, string>, act: () => unknown): string[] {
  const events: string[] = []
  settrace((event, [origin, target]) => events.push(`${event} ${names.get(origin)} ${names.get(target)}`))
  act()
  settrace(undefined)
  return events
}

describe('the tracer is told', () => {
  plainTest('of each switch, its beginning and its end, and of none to come', () => {
    const main = getcurrent()
    const greenlet: Greenlet = new Greenlet(() => main.switch())
    const names = new Map([
      [main, 'main'],
      [greenlet, 'greenlet'],
    ])
    const events = traced(names, () => {
      greenlet.switch()
      greenlet.switch()
      greenlet.switch()
      main.switch()
    })
    expect(events).toEqual([
      'switch main greenlet',
      'switch greenlet main',
      'switch main greenlet',
      'switch greenlet main',
      'switch main main',
      'switch main main',
    ])
  })

  plainTest(
    'of what is thrown, by whom and at the end, but for a GreenletExit, which ends in a switch',
    () => {
      const main = getcurrent()
      const boom = new Error('boom')
      const [failing, killed] = [() => {}, () => {}].map(() => new Greenlet(() => main.switch())) as [
        Greenlet,
        Greenlet,
      ]
      const names = new Map([
        [main, 'main'],
        [failing, 'failing'],
        [killed, 'killed'],
      ])
      failing.switch()
      killed.switch()
      const events = traced(names, () => {
        thrownBy(() => failing.throw(boom))
        killed.throw()
      })
      expect(events).toEqual([
        'throw main failing',
        'throw failing main',
        'throw main killed',
        'switch killed main',
      ])
    },
  )

  plainTest('in the greenlet that was switched to', () => {
    const seen: Greenlet[] = []
    const greenlet = new Greenlet(() => {})
    settrace(() => seen.push(getcurrent()))
    greenlet.switch()
    settrace(undefined)
    expect([seen[0] === greenlet, seen[1] === getcurrent(), seen.length]).toEqual([true, true, 2])
  })
})

test('settrace gives the tracer before, and gettrace the one there is', () => {
  const [first, second]: TraceCallback[] = [() => 1, () => 2]
  expect([settrace(first), gettrace(), settrace(second), gettrace()]).toEqual([
    undefined,
    first,
    first,
    second,
  ])
  expect([settrace(undefined), gettrace()]).toEqual([second, undefined])
})

describe('what the tracer throws', () => {
  plainTest('is thrown in the greenlet that was switched to, and it is not called again', () => {
    const boom = new Error('of the tracer')
    const main = getcurrent()
    const greenlet: Greenlet = new Greenlet(() => {
      try {
        main.switch()
      } catch (error) {
        return ['caught', error]
      }
    })
    greenlet.switch()
    let calls = 0
    settrace(() => {
      calls += 1
      throw boom
    })
    expect(greenlet.switch()).toEqual(['caught', boom])
    expect([gettrace(), calls]).toEqual([undefined, 1])
  })

  plainTest('ends a greenlet that was about to begin', () => {
    const boom = new Error('of the tracer')
    const log: string[] = []
    const greenlet = new Greenlet(() => log.push('ran'))
    settrace(() => {
      throw boom
    })
    expect(thrownBy(() => greenlet.switch())).toBe(boom)
    expect([greenlet.dead, log]).toEqual([true, []])
  })

  plainTest('takes the place of what was thrown', () => {
    const boom = new Error('of the tracer')
    const main = getcurrent()
    const greenlet = new Greenlet(() => main.switch())
    greenlet.switch()
    settrace(() => {
      throw boom
    })
    expect(thrownBy(() => greenlet.throw(new GreenletExit()))).toBe(boom)
  })
})
