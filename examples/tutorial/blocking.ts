/**
 * A call that blocks, on a thread: the loop goes on meanwhile, and its result is waited for when it is needed.
 *
 * There is one mistake in it, a sleep that nobody waits for. It does nothing, and debug mode says so at the end.
 */
import { createTask, getEventLoop, run, sleep } from 'plait'
import { remote } from 'plait/executors'

/**
 * Holds up the thread that it runs on for a second, as a long computation would, or a call that cannot wait otherwise.
 *
 * The thread finds it by its name in this module, which it loads too. Nothing else runs there: only `plait run` runs
 * a default export.
 */
export const readTape = remote(import.meta.url, function readTape(name: string) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000)
  console.log(`thread: ${name} is read`)
  return `all that was on ${name}`
})

function* tick() {
  for (let n = 1; n <= 3; n += 1) {
    yield* sleep(100)
    console.log(`loop: tick ${n}`)
  }
}

function* program() {
  const loop = getEventLoop()
  loop.setExceptionHandler((_, { message }) => console.log(`debug: ${withoutPlace(message)}`))

  const tape = loop.runInExecutor(undefined, readTape, 'tape 7') // from here on it is under way
  console.log('loop: the tape is asked for')
  const ticks = createTask(tick())
  sleep(5000) // the mistake: without yield* this is nothing but an object
  yield* ticks
  console.log('loop: now it is needed')
  console.log(`loop: ${yield* tape}`)
}

/** The report says where in this file: left out, to be the same everywhere. */
function withoutPlace(message: string) {
  return message.replace(/ \(made .*?\)+(?=:)/, '')
}

export default async function main() {
  // To start a thread may be a slow step: on a busy machine debug mode would report that as well.
  await run(program, { debug: true, slowStepMs: Number.POSITIVE_INFINITY })
}
