// A strict program against the published types, none of them from Node's.
import { coroutine, createTask, gather, type Operation, run, sleep, timeout } from 'plait'
import { runVirtual } from 'plait/testing'

const double = coroutine(function* double(value: number, pauseMs = 1) {
  yield* sleep(pauseMs)
  return value * 2
})

function* main(): Operation<number> {
  const task = createTask(double(20))
  const [one, two] = yield* gather(double(1), async () => 'two')
  const length: number = two.length
  return (yield* task) + one + (yield* timeout(1000, double(length)))
}

const answer: number = await run(main)
const again: number = await runVirtual(async () => {
  await sleep(answer)
  return await double(answer)
})

// @ts-expect-error: a coroutine of a number is no coroutine of a text
const text: string = await run(main)
// @ts-expect-error: the star was forgotten
await run(function* () { yield sleep(1) }) // biome-ignore format: the error is expected on this line

export { again, text }
