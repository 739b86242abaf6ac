import { afterAll, describe, expect, test } from 'vitest'
import { InlineExecutor, type Job } from '../../src/executors.ts'
import { createTask, MisuseError } from '../../src/index.ts'
import { add, environment, memoryLimits, square, where } from './jobs/plain.ts'
import { prepare, preparedWith } from './jobs/starting.ts'
import { atOnce, computeUntil, waitFor } from './jobs/waiting.ts'
import { kinds, Mark, poolFor, report, until } from './pools.ts'

process.env.PLAIT_TEST_INHERITED = 'here'

describe.each(kinds)('a pool of $kind', ({ kind, make }) => {
  const shared = make({ workers: 2 })
  afterAll(() => shared.shutdown())

  test('starts workers when there is work for them, and no more than it needs', async () => {
    const gate = new Mark()
    const pool = poolFor(make, { workers: 2 })
    expect(pool.statistics().workers).toEqual([])
    const first = pool.submit(waitFor, gate.file)
    await report(first)
    expect(pool.statistics().workers).toHaveLength(1)
    const second = pool.submit(waitFor, gate.file)
    await report(second)
    expect(pool.statistics().workers).toHaveLength(2)
    const third = pool.submit(add, 1, 2)
    expect(pool.statistics()).toMatchObject({ queued: 1, running: 2 })
    gate.set()
    await Promise.all([first, second, third])
    expect(pool.statistics().workers).toHaveLength(2)
  })

  test('has all its workers compute at once', async () => {
    const [a, b] = [new Mark(), new Mark()]
    const jobs = [shared.submit(computeUntil, a.file), shared.submit(computeUntil, b.file)]
    await Promise.all(jobs.map(report))
    b.set()
    expect(await jobs[1]).toBe('computed')
    expect(jobs[0]?.done()).toBe(false)
    a.set()
    await jobs[0]
  })

  test('has a worker run as many jobs at once as concurrency says, and no more', async () => {
    const gate = new Mark()
    const pool = poolFor(make, { concurrency: 3 })
    const jobs = Array.from({ length: 7 }, () => pool.submit(atOnce, gate.file))
    await Promise.all(jobs.slice(0, 3).map(report))
    expect(pool.statistics()).toMatchObject({ queued: 4, running: 3 })
    gate.set()
    expect(Math.max(...(await Promise.all(jobs)))).toBe(3)
  })

  test('has as many spawned jobs at once as one likes, on the least busy workers', async () => {
    const gate = new Mark()
    const tasks = Array.from({ length: 50 }, () => shared.spawn(waitFor, gate.file))
    await until(() => shared.statistics().running === 50)
    expect(shared.statistics().workers.map(({ jobs }) => jobs.length)).toEqual([25, 25])
    expect(await shared.submit(add, 1, 2)).toBe(3)
    gate.set()
    expect(new Set(await Promise.all(tasks))).toEqual(new Set(['waited']))
  })

  test('replaces a worker after maxJobsPerWorker jobs', async () => {
    const pool = poolFor(make, { maxJobsPerWorker: 2 })
    const ids: number[] = []
    for (let n = 0; n < 3; n += 1) ids.push(await pool.submit(where))
    expect(ids[0]).toBe(ids[1])
    expect(ids[2]).not.toBe(ids[1])
    expect(pool.statistics().deaths).toBe(0)
  })

  test('does all jobs it has where workers are replaced after each', async () => {
    const pool = poolFor(make, { workers: 2, concurrency: 2, maxJobsPerWorker: 1 })
    expect(await Promise.all([1, 2, 3].map(n => pool.submit(square, n)))).toEqual([1, 4, 9])
  })

  test('ends a worker that has had nothing to do for idleTimeoutMs, and starts one again', async () => {
    const pool = poolFor(make, { idleTimeoutMs: 1 })
    const first = await pool.submit(where)
    await until(() => pool.statistics().workers.length === 0)
    expect(await pool.submit(where)).not.toBe(first)
    expect(pool.statistics().deaths).toBe(0)
  })

  test('keeps a worker that is idle no longer than that, however long that is', async () => {
    const pool = poolFor(make, { idleTimeoutMs: 2 ** 40 })
    const first = await pool.submit(where)
    await new Promise(resolve => setTimeout(resolve, 20))
    expect(await pool.submit(where)).toBe(first)
  })

  test('gives its workers the environment of this process, where it is told no other; it has a name in any case', async () => {
    expect(await shared.submit(environment)).toMatchObject({ PLAIT_TEST_INHERITED: 'here' })
    expect(make().name).toMatch(kind === 'threads' ? /^ThreadPoolExecutor-\d+$/ : /^ProcessPoolExecutor-\d+$/)
    expect(make().workers).toBeGreaterThan(0)
  })

  test('tells what each worker does', async () => {
    const gate = new Mark()
    const pool = poolFor(make, { workers: 1, concurrency: 2, name: 'told' })
    const done = pool.submit(where)
    expect(pool.statistics()).toMatchObject({
      queued: 1,
      running: 0,
      workers: [{ state: 'starting', jobs: [] }],
    })
    const id = await done
    const jobs: Job<unknown>[] = [
      pool.with({ name: 'the first' }).submit(waitFor, gate.file),
      pool.submit(waitFor, gate.file),
    ]
    await Promise.all(jobs.map(report))
    const queued = pool.submit(add, 1, 2)
    expect(pool.statistics()).toEqual({
      workers: [{ name: 'worker 1 of told', id, state: 'busy', jobs: ['the first', 'waitFor'], done: 1 }],
      queued: 1,
      running: 2,
      ended: 1,
      failed: 0,
      cancelled: 0,
      deaths: 0,
    })
    gate.set()
    await Promise.all([...jobs, queued])
    expect(pool.statistics()).toMatchObject({ workers: [{ state: 'idle', jobs: [], done: 4 }], ended: 4 })
  })

  test.each([
    [{ workers: 0 }, /workers/],
    [{ workers: 1.5 }, /workers/],
    [{ workers: Number.POSITIVE_INFINITY }, /workers/],
    [{ concurrency: 0 }, /concurrency/],
    [{ maxQueue: -1 }, /maxQueue/],
    [{ maxJobsPerWorker: 0 }, /maxJobsPerWorker/],
    [{ idleTimeoutMs: '5s' }, /idleTimeoutMs/],
    [{ resourceLimits: { memory: 5 } }, /maxOldGenerationSizeMb.*memory: 5/],
    [{ initializer: 'setUp' }, /initializer/],
    ['four', /options/],
  ])('refuses %j', (options, says) => {
    expect(() => make(options as never)).toThrow(MisuseError)
    expect(() => make(options as never)).toThrow(says)
  })

  test('refuses an initializer that needs its surroundings', () => {
    const rate = 3
    expect(() => make({ initializer: () => rate })).toThrow(/uses an outer variable, rate/)
  })
})

describe.each(kinds)('a pool of $kind that is told how its workers are to be', ({ kind, make }) => {
  const pool = make({
    ...{ workers: 2, name: 'crawlers', initializer: prepare, initializerArgs: [{ key: [1] }] },
    ...{
      env: { ONLY: 'this', NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE as string },
      execArgv: ['--conditions=plait-test'],
    },
    resourceLimits: { maxOldGenerationSizeMb: 77, stackSizeMb: 2 },
  })
  afterAll(() => pool.shutdown())

  test('prepares each before its first job', async () => {
    const gate = new Mark()
    const holding = pool.submit(waitFor, gate.file)
    await report(holding)
    expect(await pool.submit(preparedWith)).toEqual({ key: [1] })
    gate.set()
    await holding
    const ids = pool.statistics().workers.map(({ id }) => id)
    expect(new Set(ids).size).toBe(2)
  })

  test('gives them that environment, and no other', async () => {
    const env = await pool.submit(environment)
    expect(env).toMatchObject({ ONLY: 'this' })
    for (const name of Object.keys(env)) expect(name).not.toMatch(/^PLAIT/)
  })

  test('starts them with those flags', async () => {
    expect(await pool.submit(() => process.execArgv)).toContain('--conditions=plait-test')
  })

  test('gives each no more memory than that', async () => {
    expect(await pool.submit(memoryLimits)).toEqual(
      kind === 'threads'
        ? { maxOldGenerationSizeMb: 77, stackSizeMb: 2 }
        : ['--max-old-space-size=77', '--stack-size=2000'],
    )
  })

  test('is called so, and they after it', () => {
    expect(String(pool)).toBe('<crawlers [2 of 2 workers, 0 running, 0 queued]>')
    expect(pool.statistics().workers.map(({ name }) => name)).toEqual([
      'worker 1 of crawlers',
      'worker 2 of crawlers',
    ])
  })
})

describe('an executor of tasks of this loop', () => {
  test.each([1, 3])('runs as many at once as concurrency says: %d', async concurrency => {
    const gate = new Mark()
    const executor = new InlineExecutor({ concurrency })
    const jobs = Array.from({ length: 7 }, () => executor.submit(atOnce, gate.file))
    await Promise.all(jobs.slice(0, concurrency).map(report))
    gate.set()
    expect(Math.max(...(await Promise.all(jobs)))).toBe(concurrency)
    await createTask(executor.shutdown())
  })
})
