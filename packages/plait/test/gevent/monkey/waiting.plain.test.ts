import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { getOriginal, patchAtomics, patchFs } from '../../../src/gevent/monkey.ts'
import { throwInto } from '../../../src/gevent/throw-into.ts'
import { GreenletExit, joinall, sleep, spawn, Timeout } from '../../../src/gevent.ts'
import { createTask, isCancelled, run } from '../../../src/index.ts'

const place = fs.mkdtempSync(join(tmpdir(), 'plait-waits-'))
const { readFileSync } = fs
// Bound when it had no twin yet.
const boundBefore = fs.readFileSync.bind(fs)

/** What the next answers of `fs.open` are followed by. */
const afterOpen: (() => void)[] = []
const { open } = fs
fs.open = ((...args: unknown[]) => {
  const told = args.pop() as (error: unknown, fd: unknown) => void
  const call = open as (...args: unknown[]) => void
  call(...args, (error: unknown, fd: unknown) => {
    told(error, fd)
    for (const next of afterOpen) next()
  })
}) as never

patchFs()
patchAtomics()

afterAll(() => fs.rmSync(place, { recursive: true }))

/** A pipe: whoever opens it waits for somebody at the other end. */
function pipe(name: string): string {
  const path = join(place, name)
  execFileSync('mkfifo', [path])
  return path
}

function inProgram<T>(body: () => T): Promise<T> {
  return run(body as never)
}

/** How many descriptors of this process are open on a file. */
function openedOn(path: string): number {
  const links = getOriginal<typeof fs.readlinkSync>('fs', 'readlinkSync')
  const names = getOriginal<typeof fs.readdirSync>('fs', 'readdirSync')('/proc/self/fd')
  return names.filter(name => {
    try {
      return links(`/proc/self/fd/${name}`) === path
    } catch {
      return false
    }
  }).length
}

describe('while a greenlet waits in a blocking function', () => {
  test('the others run, and one of them may be who it waits for', async () => {
    const path = pipe('others')
    const log: string[] = []
    await inProgram(() => {
      const reader = spawn(() => {
        log.push('reads')
        log.push(readFileSync(path, 'utf8'))
      })
      const writer = spawn(() => {
        for (let i = 0; i < 3; i += 1) {
          log.push(`counts ${i}`)
          sleep(1)
        }
        fs.writeFileSync(path, 'written meanwhile')
      })
      joinall([reader, writer])
    })
    expect(log).toEqual(['reads', 'counts 0', 'counts 1', 'counts 2', 'written meanwhile'])
  })

  test('so they do however deep in calls, loops and callbacks it waits', async () => {
    const path = pipe('deep')
    const found = await inProgram(() => {
      const reader = spawn(() => [path].map(one => ({ text: fs.readFileSync(one, 'utf8') }))[0]?.text)
      spawn(() => {
        sleep(1)
        fs.writeFileSync(path, 'deep')
      })
      return reader.get()
    })
    expect(found).toBe('deep')
  })

  test('a sleep of synchronous code is one of this greenlet alone', async () => {
    const log: string[] = []
    await inProgram(() => {
      const sleeper = spawn(() => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
        log.push('slept')
      })
      const other = spawn(() => log.push('ran'))
      joinall([sleeper, other])
    })
    expect(log).toEqual(['ran', 'slept'])
  })
})

describe('a patched function blocks as ever', () => {
  const file = join(place, 'file')
  fs.writeFileSync(file, 'text')

  test('outside of greenlets, in async functions and in generators of coroutines', async () => {
    expect(readFileSync(file, 'utf8')).toBe('text')
    let others = 0
    const found = await run(async () => {
      const task = createTask(async () => {
        others += 1
      })
      const texts = [fs.readFileSync(file, 'utf8'), others]
      await task
      return texts
    })
    expect(found).toEqual(['text', 0])
    const inCoroutine = await run(function* () {
      createTask(async () => {
        others += 1
      })
      return [fs.readFileSync(file, 'utf8'), others]
    })
    expect(inCoroutine).toEqual(['text', 1])
  })

  test('in a greenlet, beneath what cannot be suspended', async () => {
    const found = await inProgram(() => {
      let others = 0
      spawn(() => {
        others += 1
      })
      const value = { toString: () => fs.readFileSync(file, 'utf8') }
      return [`${value}`, others]
    })
    expect(found).toEqual(['text', 0])
  })

  test('where it was bound before, which is another function', async () => {
    const found = await inProgram(() => {
      let others = 0
      spawn(() => {
        others += 1
      })
      const before = [boundBefore(file, 'utf8'), others]
      const after = [fs.readFileSync.bind(fs)(file, 'utf8'), others]
      return [before, after]
    })
    expect(found).toEqual([
      ['text', 0],
      ['text', 1],
    ])
  })
})

describe('a greenlet that is ended while it waits in a blocking function', () => {
  /** Lets whoever opened the other end of a pipe go on. */
  function letGo(path: string): void {
    fs.closeSync(fs.openSync(path, fs.constants.O_RDWR))
  }

  test('by a kill hears of it at once, and what it opens after all is closed', async () => {
    const path = pipe('killed')
    const log: string[] = []
    await inProgram(() => {
      const opener = spawn(() => {
        try {
          fs.openSync(path, 'r')
        } catch (error) {
          log.push((error as Error).name)
          throw error
        }
      })
      sleep(5)
      opener.kill()
      log.push(`dead ${opener.dead} ${(opener.value as unknown) instanceof GreenletExit}`)
      letGo(path)
      while (openedOn(path) > 0) sleep(1)
    })
    expect(log).toEqual(['GreenletExit', 'dead true true'])
    expect(openedOn(path)).toBe(0)
  })

  test('by a timeout too', async () => {
    const path = pipe('late')
    const caught = await inProgram(() => {
      const timeout = Timeout.startNew(5)
      try {
        fs.openSync(path, 'r')
        return undefined
      } catch (error) {
        return error === timeout
      } finally {
        letGo(path)
      }
    })
    expect(caught).toBe(true)
  })

  test('by a cancel too', async () => {
    const path = pipe('cancelled')
    const errors: unknown[] = []
    await inProgram(() => {
      const task = spawn(() => {
        try {
          fs.readFileSync(path)
        } catch (error) {
          errors.push(error)
        }
      })
      sleep(5)
      task.cancel('enough')
      task.join()
      letGo(path)
    })
    expect(errors.map(isCancelled)).toEqual([true])
  })

  test('when the file is open already, and its turn has not come, has it closed', async () => {
    const path = join(place, 'file')
    const enough = new Error('enough')
    let found: unknown
    await inProgram(() => {
      const opener = spawn(() => {
        try {
          return fs.openSync(path, 'r')
        } catch (error) {
          return error
        }
      })
      // The answer is there, and the loop has not come to whom it is for.
      afterOpen.push(() => throwInto(opener, enough))
      found = opener.get()
      afterOpen.length = 0
      while (openedOn(path) > 0) sleep(1)
    })
    expect(found).toBe(enough)
    expect(openedOn(path)).toBe(0)
  })
})

test('an error tells where the call stands', async () => {
  const error = await inProgram(function readsNothing() {
    try {
      return fs.readFileSync(join(place, 'none'))
    } catch (error) {
      return error as Error
    }
  })
  const [head, ...lines] = String((error as Error).stack).split('\n')
  expect(head).toBe(`Error: ENOENT: no such file or directory, open '${join(place, 'none')}'`)
  expect(lines[0]).toBe('    at fs.readFileSync')
  expect(lines.join('\n')).toMatch(/at readsNothing .*waiting\.plain\.test/)
})
