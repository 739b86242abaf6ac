import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Job, WorkerPool } from '../../src/executors.ts'
import { Channel, createTask, run, sleep, until } from '../../src/index.ts'
import { kinds, waitersAt } from './channel-pools.ts'
import { feedAfterwards, feedWhenTold, give, take } from './jobs/channel-jobs.ts'

describe.each(kinds)('programs that share channels with workers ($kind)', ({ Pool }) => {
  test('one that ends leaves them to the next: who waits in a worker goes on waiting', async () => {
    const channel = new Channel<number>()
    const answers = new Channel<number>()
    let pool: WorkerPool | undefined
    let jobs: Job<unknown>[] = []
    await run(function* () {
      pool = new Pool({ workers: 1, concurrency: 2 })
      jobs = [pool.submit(take<number>, channel, 2), pool.submit(give, answers, 0, 2)]
      yield* until(waitersAt(channel, 'receivers', 1))
      yield* until(waitersAt(answers, 'senders', 1))
    })
    await run(function* () {
      yield* channel.send(5)
      expect(yield* answers.receive()).toEqual({ kind: 'item', item: 0 })
    })
    await channel.send(6)
    expect(await answers.receive()).toEqual({ kind: 'item', item: 1 })
    expect(await jobs[0]).toEqual([5, 6])
    await jobs[1]
    await pool?.shutdown()
  })

  test('a receiver of a program that ends takes nothing with it', async () => {
    await using pool = new Pool({ workers: 1 })
    const giving = pool.submit(feedWhenTold, 2)
    const progress = giving.progress<Channel<number> | Channel<void>>()
    const theirs = (await progress.next()).value as Channel<number>
    const go = (await progress.next()).value as Channel<void>
    await run(function* () {
      createTask(theirs.receive())
      createTask(theirs.toArray())
      yield* sleep(0)
      yield* sleep(0)
    })
    await go.send()
    expect(await theirs.toArray()).toEqual([0, 1])
    await giving
  })
})

const at = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)

describe.each(kinds)('a program in a process of its own ($kind)', ({ Pool }) => {
  function program(main: string) {
    const code = `
      import { Channel, createTask, run } from ${at('../../src/index.ts')}
      import { ${Pool.name} } from ${at('../../src/executors.ts')}
      import { endOfSending, ${feedAfterwards.name}, makeChannel, take } from ${at('./jobs/channel-jobs.ts')}
      const pool = new ${Pool.name}({ workers: 1 })
      await run(${main})`
    return spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      encoding: 'utf8',
      timeout: 30_000,
      cwd: fileURLToPath(new URL('.', import.meta.url)),
    })
  }

  test('that waits for a channel whose workers have nothing to do any more is told so', () => {
    const { status, stderr } = program(`async function stuck() {
      const channel = new Channel({ name: 'lines' })
      createTask(channel.send(1))
      await pool.submit(take, channel, 1)
      await channel.receive()
    }`)
    expect(stderr).toContain('DeadlockError: nothing can ever run again, and 1 task is waiting')
    expect(stderr).toContain('main (stuck) waits for a sender on channel "lines"')
    expect(status).toBe(1)
  })

  test('that waits for a channel of a worker that has nothing to do any more is told so', () => {
    for (const [wait, what] of [
      ['theirs.receive()', 'a sender on channel "made", which is in another thread or process'],
      ['theirs.send(1)', 'a receiver on channel "made", which is in another thread or process'],
    ]) {
      const { status, stderr } = program(`async function stuck() {
        const theirs = await pool.submit(makeChannel)
        await ${wait}
      }`)
      expect(stderr).toContain('DeadlockError: nothing can ever run again, and 1 task is waiting')
      expect(stderr).toContain(`waits for ${what}`)
      expect(status).toBe(1)
    }
  })

  test('that still shares channels ends when it is done', () => {
    const { status, stderr, stdout } = program(`async function main() {
      const channel = new Channel({ capacity: 1 })
      const theirs = await pool.submit(makeChannel, 1)
      await theirs.send(await pool.submit(endOfSending, channel, 1))
      console.log('done')
    }`)
    expect(stderr).toBe('')
    expect(stdout).toBe('done\n')
    expect(status).toBe(0)
  })

  test('is not stuck while a task that a job has left in its worker sends from time to time', () => {
    const { stdout, stderr } = program(`async function main() {
      const theirs = await pool.submit(${feedAfterwards.name}, 3)
      console.log(await theirs.toArray())
    }`)
    expect(stderr).toBe('')
    expect(stdout).toBe('[ 0, 1, 2 ]\n')
  })

  test('is not stuck while a worker waits for it to send', () => {
    const { stdout, stderr } = program(`async function main() {
      const channel = new Channel()
      const taking = pool.submit(take, channel)
      await new Promise(resolve => setTimeout(resolve, 200))
      await channel.send(1)
      channel.close()
      console.log(await taking)
    }`)
    expect(stderr).toBe('')
    expect(stdout).toBe('[ 1 ]\n')
  })
})
