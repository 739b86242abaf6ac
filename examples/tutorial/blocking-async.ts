/**
 * A call that blocks, on a thread, in async functions: a future is awaited as a coroutine would wait for it.
 *
 * The same mistake is in it: a sleep without await is cold, unlike a promise, and does nothing.
 */
import { createTask, getEventLoop, run, sleep } from 'plait'
import { remote } from 'plait/executors'

/** Holds up the thread that it runs on for a second. */
export const readTape = remote(import.meta.url, function readTape(name: string) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000)
  console.log(`thread: ${name} is read`)
  return `all that was on ${name}`
})

async function tick() {
  for (let n = 1; n <= 3; n += 1) {
    await sleep(100)
    console.log(`loop: tick ${n}`)
  }
}

async function program() {
  const loop = getEventLoop()
  loop.setExceptionHandler((_, { message }) => console.log(`debug: ${withoutPlace(message)}`))

  const tape = loop.runInExecutor(undefined, readTape, 'tape 7') // from here on it is under way
  console.log('loop: the tape is asked for')
  const ticks = createTask(tick)
  sleep(5000) // the mistake: without await this is nothing but an object
  await ticks
  console.log('loop: now it is needed')
  console.log(`loop: ${await tape}`)
}

/** The report says where in this file: left out, to be the same everywhere. */
function withoutPlace(message: string) {
  return message.replace(/ \(made .*?\)+(?=:)/, '')
}

export default async function main() {
  // To start a thread may be a slow step: on a busy machine debug mode would report that as well.
  await run(program, { debug: true, slowStepMs: Number.POSITIVE_INFINITY })
}
