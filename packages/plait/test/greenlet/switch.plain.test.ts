import { describe, expect } from 'vitest'
import { Greenlet, getcurrent, sleep, switchTo, until } from '../../src/greenlet.ts'
import { createTask, currentTask, getEventLoop, isCancelled, type Operation } from '../../src/index.ts'
import { thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

describe('what a switch brings arrives', () => {
  const rows: [values: unknown[], arrives: unknown][] = [
    [[], undefined],
    [[undefined], undefined],
    [[1], 1],
    [[[1, 2]], [1, 2]],
    [
      [1, 2],
      [1, 2],
    ],
    [
      [undefined, undefined],
      [undefined, undefined],
    ],
  ]

  plainTest('as nothing, as the one, or as a list of several, in one that stands still', () => {
    for (const [values, arrives] of rows) {
      const main = getcurrent()
      const greenlet: Greenlet = new Greenlet(() => [main.switch()])
      greenlet.switch()
      expect(greenlet.switch(...values)).toEqual([arrives])
    }
  })

  plainTest('alike in whoever switched to the greenlet that switches back', () => {
    for (const [values, arrives] of rows) {
      const main = getcurrent()
      expect(new Greenlet(() => main.switch(...values)).switch()).toEqual(arrives)
    }
  })

  plainTest('alike by a generator', () => {
    for (const [values, arrives] of rows) {
      const main = getcurrent()
      const greenlet: Greenlet = new Greenlet(function* (...begun: unknown[]): Operation<unknown> {
        return [begun, yield* switchTo(main, ...values)]
      })
      expect(greenlet.switch(...values)).toEqual(arrives)
      expect(until(switchTo(greenlet, ...values))).toEqual([values, arrives])
    }
  })

  plainTest('at once, in one that switches to itself', () => {
    const main = getcurrent()
    expect(rows.map(([values]) => main.switch(...values))).toEqual(rows.map(([, arrives]) => arrives))
    const greenlet: Greenlet = new Greenlet(() => greenlet.switch('itself'))
    expect(greenlet.switch()).toBe('itself')
  })
})

describe('a switch', () => {
  plainTest('leaves each of two where it stands', () => {
    const seen: number[] = []
    const first: Greenlet = new Greenlet(() => {
      seen.push(12)
      second.switch()
      seen.push(34)
    })
    const second: Greenlet = new Greenlet(() => {
      seen.push(56)
      first.switch()
      seen.push(78)
    })
    first.switch()
    expect([...seen, first.dead, second.dead]).toEqual([12, 56, 34, true, false])
    second.switch()
    expect([...seen, second.dead]).toEqual([12, 56, 34, 78, true])
  })

  plainTest('goes to any greenlet of the task, parent or not', () => {
    const seen: string[] = []
    const main = getcurrent()
    const ring: Greenlet[] = ['a', 'b', 'c'].map(
      (name, i) =>
        new Greenlet(() => {
          for (let round = 0; round < 2; round += 1) {
            seen.push(name)
            const next = ring[i + 1]
            if (next !== undefined) next.switch()
            else if (round < 1) ring[0]?.switch()
            else main.switch()
          }
        }),
    )
    ring[0]?.switch()
    expect(seen.join('')).toBe('abcabc')
  })

  plainTest('to one that has ended goes to its first parent that has not, with what it brings', () => {
    const dead: Greenlet = new Greenlet(() => {})
    dead.switch()
    expect([dead.switch(), dead.switch(9), dead.switch(1, 2)]).toEqual([undefined, 9, [1, 2]])
    const main = getcurrent()
    const parent: Greenlet = new Greenlet((): unknown => {
      const child: Greenlet = new Greenlet(() => {})
      child.switch()
      const grandchild: Greenlet = new Greenlet(() => {}, child)
      grandchild.switch()
      const heard = main.switch(grandchild)
      return main.switch(['heard', heard])
    })
    const grandchild = parent.switch() as Greenlet
    expect(grandchild.dead && grandchild.parent?.dead).toBe(true)
    expect(grandchild.switch('that')).toEqual(['heard', 'that'])
  })

  plainTest('is made from as deep as the stack goes, and comes back there', () => {
    const main = getcurrent()
    const down = (depth: number): number =>
      depth === 0 ? (main.switch('bottom') as number) : 1 + down(depth - 1)
    const greenlet: Greenlet = new Greenlet(() => down(500))
    expect([greenlet.switch(), greenlet.switch(7)]).toEqual(['bottom', 507])
  })

  plainTest(
    'is made in callbacks of the language, and in methods, constructors and generators of plain code',
    () => {
      const main = getcurrent()
      const give = (value: unknown): unknown => main.switch(value)
      class Box {
        readonly got: unknown
        constructor(value: unknown) {
          this.got = give(value)
        }
        *twice(): Generator<unknown> {
          yield give(this.got)
          yield give(this.got)
        }
      }
      const greenlet: Greenlet = new Greenlet(() => [
        [3, 1, 2].toSorted((a, b) => (give('sort') as number) * (a - b)),
        'a-b'.replace('-', () => give('replace') as string),
        [...new Box('box').twice()],
      ])
      let given = greenlet.switch()
      const seen: unknown[] = []
      const answers: Record<string, unknown> = { sort: -1, replace: '+', box: 'kept', kept: 'again' }
      while (!greenlet.dead) {
        seen.push(given)
        given = greenlet.switch(answers[String(given)])
      }
      expect(given).toEqual([[3, 2, 1], 'a+b', ['again', 'again']])
      expect(new Set(seen)).toEqual(new Set(['sort', 'replace', 'box', 'kept']))
    },
  )

  plainTest('is made a hundred thousand times, and the stack does not grow', () => {
    const main = getcurrent()
    const greenlet: Greenlet = new Greenlet((first: number) => {
      for (let n = first; ; ) n = main.switch(n + 1) as number
    })
    let n = 0
    while (n < 100_000) n = greenlet.switch(n) as number
    expect(n).toBe(100_000)
  })
})

describe('of the greenlets of a task', () => {
  plainTest('all stand still while one of them waits', () => {
    const log: string[] = []
    const main = getcurrent()
    createTask(() => {
      sleep(2)
      log.push('another task')
    })
    const greenlet: Greenlet = new Greenlet(() => {
      sleep(5)
      log.push('slept')
      main.switch()
      return until(Promise.resolve('waited'))
    })
    const before = getEventLoop().time()
    greenlet.switch()
    log.push('main')
    expect([getEventLoop().time() - before, log]).toEqual([5, ['another task', 'slept', 'main']])
    expect(greenlet.switch()).toBe('waited')
  })

  plainTest('the one that waits is told of a cancel; what it throws then goes to its parent', () => {
    const task = createTask(() => {
      const seen: unknown[] = []
      const greenlet: Greenlet = new Greenlet(() => {
        try {
          sleep(1000)
        } catch (error) {
          seen.push(isCancelled(error), getcurrent() === greenlet)
          throw error
        }
      })
      seen.push(isCancelled(thrownBy(() => greenlet.switch())), greenlet.dead)
      return seen
    })
    sleep(1)
    task.cancel()
    expect(until(task)).toEqual([true, true, true, true])
  })

  plainTest('each is in the same task, and each task has its own', () => {
    const main = getcurrent()
    const task = currentTask()
    expect(new Greenlet(() => currentTask()).switch()).toBe(task)
    const [first, second] = until(createTask(() => [getcurrent(), getcurrent()]))
    expect([first === second, first === main]).toEqual([true, false])
  })

  plainTest('what stands still at the end of the task is let go', () => {
    const log: string[] = []
    until(
      createTask(() => {
        const main = getcurrent()
        const greenlet: Greenlet = new Greenlet(() => {
          try {
            main.switch()
          } finally {
            log.push('finally')
          }
        })
        greenlet.switch()
      }),
    )
    sleep(1)
    expect(log).toEqual([])
  })
})
