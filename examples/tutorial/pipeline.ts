/**
 * A pipeline with bounds: three stages joined by channels.
 *
 *     quarry ──blocks──▶ mason ──stones──▶ builder
 *
 * The quarry would cut without end, and the builder is slow. Where a channel is full its sender waits; so all work at
 * the builder's pace, and only as many blocks lie about as channels and hands can hold. Without bounds they pile up.
 *
 * When the wall is done, the group is cancelled. Each stage hears of it at the wait it stands in and puts its tools
 * away; only then is the group over.
 */
import { Channel, getEventLoop, type Operation, sleep, taskGroup } from 'plait'
import { runVirtual } from 'plait/testing'

let cut = 0
let laid = 0

function tell(line: string) {
  console.log(`${String(getEventLoop().time()).padStart(5)} ms  ${line}`)
}

function* quarry(blocks: Channel<number>): Operation<void> {
  try {
    for (;;) {
      yield* sleep(5)
      cut += 1
      yield* blocks.send(cut)
    }
  } finally {
    tell('the quarry closes')
  }
}

function* mason(blocks: Channel<number>, stones: Channel<string>): Operation<void> {
  try {
    yield* blocks.forEach(function* (block) {
      yield* sleep(10)
      yield* stones.send(`stone ${block}`)
    })
  } finally {
    tell('the mason goes home')
  }
}

function* build(stones: Channel<string>): Operation<void> {
  while (laid < 4) {
    const { value: stone } = yield* stones.next()
    yield* sleep(100)
    laid += 1
    tell(`${stone} is laid, ${cut - laid} blocks lie about`)
  }
}

function* buildWall(capacity: number) {
  cut = 0
  laid = 0
  const blocks = new Channel<number>({ capacity, name: 'blocks' })
  const stones = new Channel<string>({ capacity, name: 'stones' })
  yield* taskGroup(function* (group) {
    group.createTask(quarry(blocks))
    group.createTask(mason(blocks, stones))
    yield* build(stones)
    tell('the wall is done')
    group.cancel()
  })
  tell('everybody has left')
}

export default async function main() {
  console.log('channels that keep two:')
  await runVirtual(buildWall(2))
  console.log('channels without bounds:')
  await runVirtual(buildWall(Number.POSITIVE_INFINITY))
}
