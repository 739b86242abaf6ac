import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  assertSwitches,
  config,
  Event,
  FailedToSwitch,
  formatRunInfo,
  type Greenlet,
  GreenletTree,
  getcurrent,
  getHub,
  Local,
  printRunInfo,
  sleep,
  spawn,
  spawnLater,
  spawnRaw,
} from '../../src/gevent.ts'
import { gettrace, Greenlet as Switched, settrace } from '../../src/greenlet.ts'
import { getEventLoop, run } from '../../src/index.ts'
import { thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

afterEach(() => {
  config.trackGreenletTree = false
  vi.restoreAllMocks()
})

/** Places in this file. */
const PLACES = / \(?(file:|\/)\S*util\.plain\.test\.ts\S*:\d+:\d+\)?/g

/** The tree of the program, as text. */
function treeText(details: Parameters<GreenletTree['format']>[0] = false): string {
  return GreenletTree.currentTree()?.format(details) ?? 'no tree'
}

describe('a tree of greenlets', () => {
  plainTest('has each greenlet beneath its spawner, and tells what it does', () => {
    const gate = new Event()
    const child = (): void => {
      gate.wait()
    }
    const parent = (): void => {
      spawn(child)
      spawnRaw(child)
      sleep(10)
    }
    spawn(parent)
    sleep(1)
    spawnLater(50, child)
    const tree = treeText()
    gate.set()
    expect(tree).toBe(
      [
        "<Task pending name='main'>; running",
        " +--- <Greenlet 'Greenlet-0': parent>; waits for a sleep",
        " |     +--- <Greenlet 'Greenlet-1': child>; waits for an event that nobody has set",
        ' |     +--- <RawGreenlet child>; waits for an event that nobody has set',
        " +--- <Greenlet 'Greenlet-2': child>; not begun",
      ].join('\n'),
    )
  })

  plainTest('has those beneath its root whose spawner is over', () => {
    const orphan = (): void => sleep(20)
    const maker = (): void => void spawn(orphan)
    spawn(maker).join()
    sleep(1)
    const [tree, ...others] = GreenletTree.forest()
    expect(others).toEqual([])
    expect(tree?.isCurrentTree).toBe(true)
    expect(tree?.greenlet).toBe(getcurrent())
    expect(tree?.childTrees.map(child => String(child.greenlet))).toEqual(["<Greenlet 'Greenlet-0': orphan>"])
  })

  plainTest('is walked from the root, each before those it has spawned, however deep', () => {
    const DEPTH = 3000
    const deeper = (left: number): void => {
      if (left > 0) spawn(deeper, left - 1)
      sleep(1000)
    }
    spawn(deeper, DEPTH - 1)
    sleep(1)
    const walked = [...(GreenletTree.currentTree()?.walk() ?? [])].map(tree => tree.greenlet)
    expect(walked.length).toBe(DEPTH + 1)
    expect(walked[0]).toBe(getcurrent())
    expect(walked.slice(1).every((greenlet, i) => greenlet.parent === walked[i])).toBe(true)
    expect(treeText().split('\n').length).toBe(DEPTH + 1)
  })

  plainTest('tells in detail where each stands and was spawned, and what it has of its own', () => {
    config.trackGreenletTree = true
    const state = new Local<{ user: string }>()
    const child = (): void => {
      sleep(10)
    }
    const parent = (): void => {
      state.user = 'ann'
      const greenlet = spawn(child)
      Object.assign(greenlet.spawnTreeLocals, { request: 7 })
      sleep(10)
    }
    spawn(parent)
    sleep(1)
    const lines = treeText(true).replaceAll(PLACES, ' HERE').split('\n')
    expect(lines.slice(lines.findIndex(line => line.startsWith(' +---')))).toEqual([
      " +--- <Greenlet 'Greenlet-0': parent>; waits for a sleep",
      '       |    Running:',
      '       |      at parent HERE',
      '       |    Spawned at:',
      '       |      at HERE',
      '       |    Spawn Tree Locals:',
      '       |      request: 7',
      '       |    Greenlet Locals, Local:',
      '       |      user: "ann"',
      "       +--- <Greenlet 'Greenlet-1': child>; waits for a sleep",
      '                  Running:',
      '                    at child HERE',
      '                  Spawned at:',
      '                    at parent HERE',
    ])
    expect(lines.slice(0, 3)).toEqual([
      "<Task pending name='main'>; running",
      ' |    Running:',
      ' |      at treeText HERE',
    ])
  })

  plainTest('tells as much of it as is asked for', () => {
    const state = new Local<{ user: string }>()
    const work = (): void => {
      state.user = 'ann'
      inner()
    }
    const inner = (): void => sleep(10)
    spawn(work)
    sleep(1)
    const about = (details: object): string[] => {
      const lines = treeText(details).replaceAll(PLACES, ' HERE').split('\n')
      return lines.slice(lines.findIndex(line => line.startsWith(' +---')) + 1).map(line => line.trim())
    }
    expect(about({ locals: false })).toEqual(['Running:', 'at inner HERE', 'at work HERE'])
    expect(about({ locals: false, runningStackLimit: 1 })).toEqual(['Running:', 'at inner HERE'])
    expect(about({ runningStacks: false })).toEqual(['Greenlet Locals, Local:', 'user: "ann"'])
    expect(about({ runningStacks: false, locals: false })).toEqual([])
  })

  test('there is none outside of any greenlet', () => {
    expect(GreenletTree.currentTree()).toBe(undefined)
  })
})

describe('where a greenlet was spawned', () => {
  plainTest('is kept where the setting says so, with callers that have waited meanwhile', () => {
    const untracked = spawn(() => {})
    config.trackGreenletTree = true
    const spawns = (): Greenlet => {
      sleep(1)
      return spawn(() => {})
    }
    const calls = (): Greenlet => {
      const made = spawns()
      return made
    }
    const stack = calls().spawningStack?.map(line => line.replaceAll(PLACES, ' HERE'))
    expect(stack?.slice(0, 2)).toEqual(['at spawns HERE', 'at calls'])
    expect(untracked.spawningStack).toBe(undefined)
  })
})

describe('what runs', () => {
  plainTest('is printed line by line: this thread, and every greenlet', () => {
    const work = (): void => sleep(10)
    spawn(work)
    sleep(1)
    const lines: string[] = []
    const printed = (): void => printRunInfo(line => lines.push(line))
    printed()
    const text = lines.join('\n').replaceAll(PLACES, ' HERE')
    expect(text).toMatch(/^\*+\n\* Threads\n\*+\nThread \d+, the main one \(CURRENT\)\n {4}at printed HERE\n/)
    expect(text).toContain('* Greenlets\n')
    expect(text).toContain(
      " +--- <Greenlet 'Greenlet-0': work>; waits for a sleep\n            Running:\n              at work HERE",
    )
  })

  plainTest(
    'goes to the standard error stream unless told elsewhere, without stacks if these are not wanted',
    () => {
      const error = vi.spyOn(console, 'error').mockImplementation(() => {})
      printRunInfo(undefined, { threadStacks: false, greenletStacks: false })
      expect(error.mock.calls.flat()).toEqual(formatRunInfo({ threadStacks: false, greenletStacks: false }))
      expect(error.mock.calls.flat().filter(line => line.includes(' at '))).toEqual([])
    },
  )
})

describe('assertSwitches', () => {
  /** Has time pass as this says, for those who measure it. */
  function withTime(): { pass(ms: number): void } {
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => now)
    return {
      pass: ms => {
        now += ms
      },
    }
  }

  plainTest('gives what a function does that lets others run, and refuses one that does not', () => {
    const switches = (): string => {
      sleep(1)
      return 'done'
    }
    expect(assertSwitches(switches)).toBe('done')
    expect(thrownBy(() => assertSwitches(() => 'done'))).toBeInstanceOf(FailedToSwitch)
    expect(
      thrownBy(() =>
        assertSwitches(() => {
          throw new RangeError('mine')
        }),
      ),
    ).toEqual(new RangeError('mine'))
  })

  plainTest('a time that is allowed is one at a stretch, and waiting is none of it', () => {
    const time = withTime()
    const turns =
      (...stretches: readonly number[]) =>
      (): void => {
        for (const ms of stretches) {
          time.pass(ms)
          getHub().timer(500).start(time.pass, 60_000)
          sleep(1000)
        }
      }
    assertSwitches(turns(50, 50, 50), { maxBlockingTime: 50 })
    assertSwitches(() => time.pass(50), { maxBlockingTime: 50 })
    const error = thrownBy(() => assertSwitches(turns(50, 51), { maxBlockingTime: 50 }))
    expect(String(error)).toMatch(
      /^FailedToSwitch: no switch to any greenlet in 51.0 ms, where 50 ms are allowed\n/,
    )
  })

  plainTest('the time of the others that run meanwhile counts', () => {
    const time = withTime()
    spawn(() => time.pass(80))
    expect(thrownBy(() => assertSwitches(() => sleep(1), { maxBlockingTime: 50 }))).toBeInstanceOf(
      FailedToSwitch,
    )
  })

  plainTest('a switch to another greenlet of the task counts, unless it is the hub that matters', () => {
    const time = withTime()
    const pingPong = (): void => {
      const other = new Switched(() => time.pass(40))
      time.pass(40)
      other.switch()
      time.pass(40)
    }
    assertSwitches(pingPong, { maxBlockingTime: 50 })
    assertSwitches(pingPong)
    const error = thrownBy(() => assertSwitches(pingPong, { maxBlockingTime: 50, hubOnly: true }))
    expect(String(error)).toContain('no switch to the hub in 120.0 ms')
  })

  plainTest('what was told of steps and switches before is told again, and nothing is left behind', () => {
    const loop = getEventLoop()
    const before = loop.instrument
    const told: string[] = []
    loop.instrument = { stepBegins: task => told.push(String(task)) }
    const { instrument } = loop
    const tracer = (event: string): void => void told.push(event)
    settrace(tracer)
    assertSwitches(() => {
      sleep(1)
      new Switched(() => {}).switch()
    })
    const after = [loop.instrument === instrument, gettrace() === tracer]
    settrace(undefined)
    loop.instrument = before
    expect(after).toEqual([true, true])
    expect(told).toEqual(["<Task pending name='main'>", 'switch', 'switch'])
  })

  test('outside of any greenlet nothing can switch', () => {
    expect(() => assertSwitches(() => 1)).toThrow(FailedToSwitch)
    expect(assertSwitches(() => 1, { maxBlockingTime: 60_000 })).toBe(1)
  })
})

test('a program that has ended has no trees', async () => {
  const seen = await run(() => GreenletTree.forest().length)
  expect([seen, GreenletTree.forest()]).toEqual([1, []])
})
