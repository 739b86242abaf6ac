import { describe, expect, test } from 'vitest'
import { CannotSuspendError, call, sleep, until } from '../../src/greenlet.ts'
import { coroutine, createTask, getEventLoop, sleep as sleepOperation } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { c1, m2, S, wrap } from '../../src/twins.ts'
import { greenlet, nap, type Twin } from '../twins/by-hand.ts'

/** The message of the error that a plain wait ends with beneath this twin: at once, before anything begins. */
async function said(twin: () => Twin<unknown>): Promise<string> {
  let message = 'nothing'
  await runVirtual(function* () {
    const before = getEventLoop().time()
    try {
      yield* createTask(greenlet('main', twin))
    } catch (error) {
      expect(error).toBeInstanceOf(CannotSuspendError)
      message = (error as Error).message
    }
    expect(getEventLoop().time()).toBe(before)
  })
  return message
}

class Box {
  constructor(waits = true) {
    if (waits) sleep(1)
  }
  get size(): number {
    sleep(1)
    return 1
  }
  set size(_: number) {
    sleep(1)
  }
  valueOf(): number {
    sleep(1)
    return 1
  }
  toJSON(): string {
    sleep(1)
    return ''
  }
}
const box = new Box(false)

function* numbers(): Generator<number> {
  sleep(1)
}

function untransformed(ms: number): void {
  sleep(ms)
}

const here = '[^ ]*cannot-suspend\\.test\\.ts:\\d+:\\d+'

describe('a plain wait that cannot be suspended says what is in the way, where, and what to do: beneath', () => {
  const rows: [what: string, twin: () => Twin<unknown>, says: string][] = [
    [
      'a callback of a native function',
      function* () {
        return [2, 1].sort(() => nap(1, 0))
      },
      `Array.sort is in the way, called at ${here}, .* wait before it`,
    ],
    [
      'a callback made in the greenlet, with a twin of its own',
      function* (): Twin<unknown> {
        const replace = wrap(
          function* (): Twin<number> {
            if (c1(sleep, 1) === S) (yield S)._result
            return 0
          },
          'replace',
          2,
          1,
        )
        const r = m2(JSON, JSON.stringify, [1], replace)
        return r === S ? (yield S)._result : r
      },
      `JSON.stringify is in the way, called at ${here}, .* wait before it`,
    ],
    [
      'a toJSON',
      function* () {
        return JSON.stringify(box)
      },
      `JSON.stringify is in the way, called at ${here}, .* wait before it`,
    ],
    [
      'a valueOf',
      function* () {
        return +box
      },
      `valueOf \\(${here}\\) is in the way, which the engine calls by itself: wait before it`,
    ],
    [
      'a getter',
      function* () {
        return box.size
      },
      `get size \\(${here}\\) is in the way, a getter or setter: make it a method`,
    ],
    [
      'a setter',
      function* () {
        box.size = 1
      },
      `set size \\(${here}\\) is in the way, a getter or setter: make it a method`,
    ],
    [
      'a constructor',
      function* () {
        return new Box()
      },
      `new Box \\(${here}\\) is in the way: wait before it, and construct`,
    ],
    [
      'a static block',
      function* () {
        // biome-ignore lint/complexity/noStaticOnlyClass: what it is like without a static method
        return class {
          static size = nap(1, 0)
        }
      },
      `static initializer at ${here} is in the way: wait in a static method`,
    ],
    [
      'a generator of plain code',
      function* () {
        return [...numbers()]
      },
      `the generator numbers \\(${here}\\) is in the way: make it inside the greenlet`,
    ],
    [
      'a function that is not transformed',
      function* () {
        return c1(untransformed, 1)
      },
      `untransformed \\(${here}\\) is in the way: .* let the transform have its file`,
    ],
  ]
  test.each(rows)('%s', async (_, twin, says) => {
    expect(await said(twin)).toMatch(new RegExp(`^sleep\\(…\\) cannot suspend here: .*${says}`))
  })
})

describe('it says how to run what waits', () => {
  const error = (act: () => unknown): string => {
    try {
      act()
    } catch (error) {
      if (error instanceof CannotSuspendError) return error.message
    }
    return 'nothing'
  }

  test('outside of any greenlet', () => {
    expect(error(() => sleep(1))).toMatch(
      /^sleep\(…\) .*outside of any greenlet: run it with createTask\(fn\), run\(fn\) or yield\* call\(fn\)/,
    )
    expect(error(() => until(Promise.resolve()))).toMatch(/^until\(…\) cannot suspend here/)
  })

  test('in an async function, before and after an await', async () => {
    await runVirtual(async function load() {
      expect(error(() => sleep(1))).toMatch(/in an async function await the waits of plait/)
      await sleepOperation(1)
      expect(error(() => sleep(1))).toMatch(/in an async function await the waits of plait/)
    })
  })

  test('in a generator or a coroutine', async () => {
    const sub = coroutine(function* sub() {
      sleep(1)
    })
    for (const what of [
      function* (): Generator<never, void> {
        sleep(1)
      },
      sub,
      function* () {
        yield* sub()
      },
    ])
      await expect(runVirtual(what)).rejects.toThrow(
        /the generator .* is in the way: .* writes yield\* and the waits of plait/,
      )
  })

  test('in a callback that comes when its greenlet has gone', async () => {
    const seen: string[] = []
    await runVirtual(
      greenlet('main', function* (): Twin<void> {
        const later = wrap(
          function* (): Twin<void> {
            if (c1(sleep, 1) === S) (yield S)._result
          },
          'later',
          0,
          1,
        ) as () => void
        getEventLoop().callSoon(() => seen.push(error(later)))
        if (c1(sleep, 1) === S) (yield S)._result
      }),
    )
    expect(seen).toEqual([expect.stringMatching(/later.* runs outside of any greenlet/)])
  })
})

test('its stack begins where the wait was called', async () => {
  await runVirtual(call(sleep, 0))
  try {
    sleep(1)
  } catch (error) {
    expect((error as Error).stack?.split('\n')[1]).toContain('cannot-suspend.test.ts')
  }
})
