import { describe, expect } from 'vitest'
import { Greenlet, getcurrent } from '../../src/greenlet.ts'
import { thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

describe('what a greenlet gives', () => {
  plainTest('arrives at its parent, which goes on from its switch', () => {
    expect(new Greenlet(() => 5).switch()).toBe(5)
    expect(new Greenlet(() => [1, 2]).switch()).toEqual([1, 2])
    expect(new Greenlet(() => {}).switch()).toBe(undefined)
  })

  plainTest('arrives at the one it was made in, whoever switched to it last', () => {
    const main = getcurrent()
    const log: unknown[] = []
    const child: Greenlet = new Greenlet(() => 'for main')
    const other: Greenlet = new Greenlet(() => log.push(child.switch()))
    expect(other.switch()).toBe('for main')
    expect([log, other.dead, child.parent]).toEqual([[], false, main])
  })

  plainTest('arrives at the parent that it was made with, or given, also by itself while it runs', () => {
    const heard = (name: string) => (value: unknown) => `${name} heard ${value}`
    const first: Greenlet = new Greenlet(heard('first'))
    const second: Greenlet = new Greenlet(heard('second'))
    const third = new Greenlet(heard('third'))
    expect(new Greenlet(() => 1, first).switch()).toBe('first heard 1')
    const given = new Greenlet(() => 2)
    given.parent = second
    expect(given.switch()).toBe('second heard 2')
    const changing: Greenlet = new Greenlet(() => {
      changing.parent = third
      return 3
    })
    expect(changing.switch()).toBe('third heard 3')
  })

  plainTest('begins a parent that has not begun', () => {
    const begun = (...args: unknown[]): unknown[] => args
    expect(new Greenlet(() => 7, new Greenlet(begun)).switch()).toEqual([7])
    expect(new Greenlet(() => undefined, new Greenlet(begun)).switch()).toEqual([undefined])
    expect(new Greenlet(() => [1, 2], new Greenlet(begun)).switch()).toEqual([[1, 2]])
    expect(new Greenlet(() => 1, new Greenlet(begun)).throw()).toEqual([])
  })

  plainTest('passes by parents that are dead', () => {
    const main = getcurrent()
    const above: Greenlet = new Greenlet((): unknown => ['above heard', main.switch()])
    const dead: Greenlet = new Greenlet(() => {}, above)
    const dying = new Greenlet(() => {}, dead)
    above.switch()
    dead.parent = main
    dead.switch()
    dead.parent = above
    dying.parent = main
    dying.switch()
    dying.parent = dead
    expect(new Greenlet(() => 'that', dying).switch()).toEqual(['above heard', 'that'])
  })

  plainTest('that is an error is thrown in the parent', () => {
    const boom = new Error('boom')
    const fail = (): never => {
      throw boom
    }
    expect(thrownBy(() => new Greenlet(fail).switch())).toBe(boom)
    const parent: Greenlet = new Greenlet(() => {
      try {
        new Greenlet(fail).switch()
      } catch (error) {
        return ['caught', error]
      }
    })
    expect(parent.switch()).toEqual(['caught', boom])
  })

  plainTest('that is an error goes up through parents that do not catch it, ending each', () => {
    const boom = new Error('boom')
    const outer: Greenlet = new Greenlet(() => {
      inner = new Greenlet(() => {
        throw boom
      })
      return inner.switch()
    })
    let inner: Greenlet | undefined
    expect(thrownBy(() => outer.switch())).toBe(boom)
    expect([outer.dead, inner?.dead]).toEqual([true, true])
  })

  plainTest('that is an error ends a parent that has not begun, which never runs', () => {
    const boom = new Error('boom')
    const log: string[] = []
    const parent: Greenlet = new Greenlet(() => log.push('ran'))
    const child: Greenlet = new Greenlet(() => {
      throw boom
    }, parent)
    expect(thrownBy(() => child.switch())).toBe(boom)
    expect([log, parent.dead]).toEqual([[], true])
  })
})

describe('a parent', () => {
  plainTest('cannot be a child of its own, near or far, or the greenlet itself', () => {
    const top = new Greenlet(() => {})
    const middle = new Greenlet(() => {}, top)
    const bottom = new Greenlet(() => {}, middle)
    for (const below of [top, middle, bottom])
      expect(() => {
        top.parent = below
      }).toThrow('would be its own parent')
    expect(top.parent).toBe(getcurrent())
  })

  plainTest('must be a greenlet', () => {
    const greenlet: Greenlet = new Greenlet(() => {})
    for (const wrong of [undefined, null, 5, {}, () => {}] as never[]) {
      expect(() => {
        greenlet.parent = wrong
      }).toThrow('must be a greenlet')
      if (wrong !== undefined) expect(() => new Greenlet(() => {}, wrong)).toThrow('must be a greenlet')
    }
    expect(greenlet.parent).toBe(getcurrent())
  })

  plainTest('cannot be given to a main greenlet', () => {
    const main = getcurrent()
    expect(() => {
      main.parent = new Greenlet(() => {})
    }).toThrow('cannot be given one')
    expect(main.parent).toBe(undefined)
  })
})
