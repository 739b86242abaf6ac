import { describe, expect, test } from 'vitest'
import { kinds, until } from './pools.ts'
import { isRunning } from './processes.ts'
import { startProgram } from './programs.ts'

const clean = { code: 0, signal: null, stderr: '' }

describe.each(kinds)('a program with a pool of $kind', ({ kind }) => {
  test('ends by itself while the pool is idle, though that was never shut down', async () => {
    const { ended } = startProgram(
      kind,
      `const { square } = await load('plain')
       const pool = new Pool({ workers: 2 })
       console.log(await pool.submit(square, 3), await pool.spawn(square, 4))
       const dropped = pool.submit(square, 5)
       dropped.cancel()
       await Promise.allSettled([dropped])`,
    )
    expect(await ended).toEqual({ ...clean, stdout: '9 16\n' })
  })

  test('ends by itself with a pool that was not used, and one whose workers cannot start', async () => {
    const { ended } = startProgram(
      kind,
      `const { square } = await load('plain')
       const { failToPrepare } = await load('starting')
       new Pool()
       const broken = new Pool({ initializer: failToPrepare, initializerArgs: ['no'] })
       const unsendable = new Pool({ initializer: failToPrepare, initializerArgs: [() => {}] })
       for (const pool of [broken, unsendable]) {
         const [end] = await Promise.allSettled([(async () => await pool.submit(square, 1))()])
         console.log(end.reason.name)
       }`,
    )
    expect(await ended).toEqual({ ...clean, stdout: 'BrokenExecutorError\nBrokenExecutorError\n' })
  })

  test('lives as long as a job of it does, whoever waits for it', async () => {
    const { ended } = startProgram(
      kind,
      `const { pause } = await load('waiting')
       const pool = new Pool({ workers: 1 })
       pool.submit(pause, 50).addDoneCallback(() => console.log('done'))`,
    )
    expect(await ended).toEqual({ ...clean, stdout: 'done\n' })
  })

  test('ends by itself once a pool that it does not wait for has come to its end', async () => {
    const { ended } = startProgram(
      kind,
      `const { square } = await load('plain')
       const pool = new Pool({ workers: 2 })
       const jobs = [1, 2, 3].map(n => pool.submit(square, n))
       pool.shutdown({ wait: false }).then(() => console.log('goes on'))
       console.log(...(await Promise.all(jobs)))`,
    )
    const { stdout, ...end } = await ended
    expect(end).toEqual(clean)
    expect(stdout.split('\n').sort()).toEqual(['', '1 4 9', 'goes on'])
  })

  test('has nothing left running after shutdown', async () => {
    const { ended } = startProgram(
      kind,
      `const { square } = await load('plain')
       const { computeForEver } = await load('waiting')
       const { exit } = await load('dying')
       const handles = () => process.getActiveResourcesInfo().filter(name => /Worker|Process|MessagePort|Pipe|Timeout/.test(name))
       console.log('begun', '')
       const before = handles()
       const pool = new Pool({ workers: 2, concurrency: 2 })
       const stuck = pool.with({ graceMs: 1 }).submit(computeForEver)
       const dying = pool.with({ retries: 1 }).submit(exit, 1)
       await stuck.progress().next()
       stuck.cancel()
       await Promise.allSettled([stuck, dying, pool.submit(square, 1)])
       await pool.shutdown()
       await new Promise(resolve => setImmediate(resolve))
       const left = handles()
       for (const name of before) if (left.includes(name)) left.splice(left.indexOf(name), 1)
       console.log('left', left.join())`,
    )
    expect(await ended).toEqual({ ...clean, stdout: 'begun \nleft \n' })
  })

  test('shows what a worker prints while the main thread is busy', async () => {
    const { ended } = startProgram(
      kind,
      `const pool = new Pool({ workers: 1 })
       await pool.submit(() => 1)
       const job = pool.submit(() => { console.log('the worker') })
       await Promise.resolve()
       const end = performance.now() + 500
       while (performance.now() < end);
       console.log('the main thread')
       await job`,
    )
    expect((await ended).stdout).toBe('the worker\nthe main thread\n')
  })

  test('shows all that a worker prints, in order, on both streams', async () => {
    const { ended } = startProgram(
      kind,
      `const pool = new Pool({ workers: 1 })
       await pool.submit(() => {
         for (let n = 0; n < 2000; n += 1) console.log('line ' + n + ' ' + 'x'.repeat(100))
         console.error('an error')
       })`,
    )
    const { stdout, stderr } = await ended
    expect(stdout).toBe(Array.from({ length: 2000 }, (_, n) => `line ${n} ${'x'.repeat(100)}\n`).join(''))
    expect(stderr).toBe('an error\n')
  })

  test('that ends in the middle of a job takes its workers with it', async () => {
    const { ended, line } = startProgram(
      kind,
      `const { computeForEver } = await load('waiting')
       const pool = new Pool({ workers: 1 })
       const job = pool.submit(computeForEver)
       await job.progress().next()
       console.log('worker ' + pool.statistics().workers[0].id)
       process.exit(3)`,
    )
    const worker = Number(await line('worker '))
    expect(await ended).toMatchObject({ code: 3 })
    if (kind === 'processes') await until(() => !isRunning(worker))
  })
})

describe('the worker processes of a program that is killed', () => {
  test('end by themselves, idle or waiting', async () => {
    const program = startProgram(
      'processes',
      `const { square } = await load('plain')
       const { pause } = await load('waiting')
       const pool = new Pool({ workers: 2 })
       pool.submit(pause, 1e9)
       await pool.submit(square, 1)
       console.log('workers ' + pool.statistics().workers.map(({ id }) => id).join())
       setInterval(() => {}, 1000)`,
    )
    const workers = (await program.line('workers ')).split(',').map(Number)
    expect(workers).toHaveLength(2)
    expect(workers.every(isRunning)).toBe(true)
    program.process.kill('SIGKILL')
    await program.ended
    await until(() => !workers.some(isRunning))
  })
})
