import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import {
  Event,
  Greenlet,
  getcurrent,
  getHub,
  LoopExit,
  signalHandler,
  sleep,
  until,
} from '../../src/gevent.ts'
import { run } from '../../src/index.ts'
import { thrownBy } from '../greenlets.plain.ts'

const SIGNAL = 'SIGUSR2'
const before = process.listenerCount(SIGNAL)

/** A signal, as Node.js tells of one: outside of any loop. */
function receive(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(() => {
      process.emit(SIGNAL, SIGNAL)
      resolve()
    })
  })
}

test('the handler runs in a greenlet of its own, with its arguments, where it may wait', async () => {
  const log: unknown[] = []
  await run(() => {
    const done = new Event()
    const work = (...args: readonly unknown[]): void => {
      sleep(1)
      log.push(getcurrent() instanceof Greenlet, ...args)
      done.set()
    }
    signalHandler(SIGNAL, work, 'a', 2)
    until(receive())
    done.wait()
  })
  expect(log).toEqual([true, 'a', 2])
})

test('it is called for each signal, until it is cancelled', async () => {
  const log: string[] = []
  await run(() => {
    const first = signalHandler(SIGNAL, () => log.push('first'))
    signalHandler(SIGNAL, () => log.push('second'))
    until(receive())
    until(receive())
    first.cancel()
    first.cancel()
    until(receive())
  })
  expect(log).toEqual(['first', 'second', 'first', 'second', 'second'])
})

test('an error of the handler is told to the hub, and it stays', async () => {
  const told: unknown[] = []
  await run(() => {
    getHub().handleError = (_context, error) => told.push(error)
    signalHandler(SIGNAL, () => {
      throw new RangeError('mine')
    })
    until(receive())
    until(receive())
  })
  expect(told).toEqual([new RangeError('mine'), new RangeError('mine')])
})

test('when the program has ended the process has its own way with the signal again', async () => {
  await run(() => {
    signalHandler(SIGNAL, () => {})
    expect(process.listenerCount(SIGNAL)).toBe(before + 1)
  })
  expect(process.listenerCount(SIGNAL)).toBe(before)
})

test('who waits for a signal alone waits for ever, and is told so', async () => {
  const error = await run(
    () => {
      const event = new Event()
      signalHandler(SIGNAL, () => event.set())
      return thrownBy(() => event.wait())
    },
    { clock: 'virtual' },
  )
  expect(error).toBeInstanceOf(LoopExit)
})

test('a signal from another process is heard while the program waits, and handlers do not keep it alive', () => {
  const gevent = fileURLToPath(new URL('../../src/gevent.ts', import.meta.url))
  const program = `
    import { signalHandler } from ${JSON.stringify(gevent)}
    import { run } from ${JSON.stringify(gevent.replace('gevent.ts', 'index.ts'))}
    await run(async () => {
      const heard = new Promise(resolve => signalHandler('SIGTERM', async () => resolve('heard SIGTERM')))
      process.kill(process.pid, 'SIGTERM')
      console.log(await heard)
    })
    signalHandler('SIGTERM', () => {})
    console.log('over')
  `
  const { stdout, status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    timeout: 30_000,
  })
  expect({ stdout, status, stderr }).toEqual({ stdout: 'heard SIGTERM\nover\n', status: 0, stderr: '' })
})
