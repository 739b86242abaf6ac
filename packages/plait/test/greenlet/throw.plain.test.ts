import { describe, expect } from 'vitest'
import { Greenlet, GreenletExit, getcurrent, throwTo, until } from '../../src/greenlet.ts'
import type { Operation } from '../../src/index.ts'
import { thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

/** One that stands in its middle, and keeps what is thrown there. */
function standing(log: unknown[]): Greenlet {
  const main = getcurrent()
  const greenlet: Greenlet = new Greenlet(() => {
    try {
      main.switch()
    } catch (error) {
      log.push(error, getcurrent() === greenlet)
      throw error
    } finally {
      log.push('cleaned')
    }
  })
  greenlet.switch()
  return greenlet
}

describe('throw', () => {
  plainTest(
    'throws where the greenlet stands, and the error surfaces in its parent if it is not caught',
    () => {
      const boom = new Error('boom')
      const log: unknown[] = []
      const greenlet = standing(log)
      expect(thrownBy(() => greenlet.throw(boom))).toBe(boom)
      expect([greenlet.dead, log]).toEqual([true, [boom, true, 'cleaned']])
    },
  )

  plainTest('gives what the greenlet gives that has caught the error', () => {
    const main = getcurrent()
    const greenlet: Greenlet = new Greenlet((): unknown => {
      for (;;) {
        try {
          main.switch()
        } catch (error) {
          main.switch(`caught ${(error as Error).message}`)
        }
      }
    })
    greenlet.switch()
    expect(greenlet.throw(new Error('one'))).toBe('caught one')
    greenlet.switch()
    expect(greenlet.throw(new Error('two'))).toBe('caught two')
    expect(greenlet.dead).toBe(false)
  })

  plainTest('throws any value, undefined included, but none given is a GreenletExit', () => {
    const seen: unknown[] = []
    for (const value of ['text', null]) expect(thrownBy(() => standing(seen).throw(value))).toBe(value)
    standing(seen).throw()
    expect(seen.filter(one => one !== true && one !== 'cleaned')).toEqual([
      'text',
      null,
      expect.any(GreenletExit),
    ])
  })

  plainTest('of a GreenletExit ends the greenlet, and its parent is given it as a value', () => {
    const log: unknown[] = []
    const exit = new GreenletExit('bye')
    expect(standing(log).throw(exit)).toBe(exit)
    expect(log).toEqual([exit, true, 'cleaned'])
    expect(standing([]).throw()).toBeInstanceOf(GreenletExit)
    class Own extends GreenletExit {}
    const own = new Own()
    expect(standing([]).throw(own)).toBe(own)
  })

  plainTest('of a GreenletExit by the greenlet itself ends it just as well', () => {
    const exit = new GreenletExit()
    const greenlet: Greenlet = new Greenlet(() => {
      throw exit
    })
    expect([greenlet.switch(), greenlet.dead]).toEqual([exit, true])
  })

  plainTest('of a GreenletExit may be caught, and what the greenlet then gives arrives', () => {
    const main = getcurrent()
    const greenlet: Greenlet = new Greenlet(() => {
      try {
        main.switch()
      } catch (error) {
        return ['caught', (error as Error).name]
      }
    })
    greenlet.switch()
    expect(greenlet.throw()).toEqual(['caught', 'GreenletExit'])
  })

  plainTest('ends one that has not begun, and it never runs', () => {
    const log: string[] = []
    const make = (): Greenlet => new Greenlet(() => log.push('ran'))
    const boom = new Error('boom')
    const [killed, failed] = [make(), make()]
    expect(killed.throw()).toBeInstanceOf(GreenletExit)
    expect(thrownBy(() => failed.throw(boom))).toBe(boom)
    expect([killed.dead, failed.dead, log]).toEqual([true, true, []])
  })

  plainTest('in one that has ended throws in its parent, but for a GreenletExit, which is given', () => {
    const boom = new Error('boom')
    const dead: Greenlet = new Greenlet(() => {})
    dead.switch()
    const exit = new GreenletExit()
    expect(dead.throw(exit)).toBe(exit)
    expect(thrownBy(() => dead.throw(boom))).toBe(boom)
  })

  plainTest('in the current greenlet is a throw', () => {
    const boom = new Error('boom')
    expect(thrownBy(() => getcurrent().throw(boom))).toBe(boom)
    expect(thrownBy(() => getcurrent().throw())).toBeInstanceOf(GreenletExit)
  })

  plainTest('may be answered by a switch from a finally block', () => {
    const main = getcurrent()
    const greenlet: Greenlet = new Greenlet(() => {
      try {
        main.switch()
      } finally {
        main.switch('one moment')
      }
    })
    greenlet.switch()
    expect([greenlet.throw(), greenlet.dead]).toEqual(['one moment', false])
    expect([greenlet.switch(), greenlet.dead]).toEqual([expect.any(GreenletExit), true])
  })

  plainTest('is written throwTo in a generator', () => {
    const boom = new Error('boom')
    const greenlets = [standing([]), standing([]), standing([])]
    function* throwing(): Operation<unknown> {
      const [first, second, third] = greenlets as [Greenlet, Greenlet, Greenlet]
      const seen: unknown[] = [yield* throwTo(first)]
      try {
        yield* throwTo(second, boom)
      } catch (error) {
        seen.push(error)
      }
      return [...seen, yield* throwTo(third, new GreenletExit('third'))]
    }
    expect(until(throwing())).toEqual([expect.any(GreenletExit), boom, new GreenletExit('third')])
    expect(greenlets.every(({ dead }) => dead)).toBe(true)
  })
})
