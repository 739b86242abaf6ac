/**
 * A pipeline with bounds, in async functions: `for await` receives what the stage before has sent, and a full channel
 * makes its sender wait. Cancelling the group ends each stage at the `await` it stands in.
 */
import { Channel, getEventLoop, sleep, taskGroup } from 'plait'
import { runVirtual } from 'plait/testing'

let cut = 0
let laid = 0

function tell(line: string) {
  console.log(`${String(getEventLoop().time()).padStart(5)} ms  ${line}`)
}

async function quarry(blocks: Channel<number>) {
  try {
    for (;;) {
      await sleep(5)
      cut += 1
      await blocks.send(cut)
    }
  } finally {
    tell('the quarry closes')
  }
}

async function mason(blocks: Channel<number>, stones: Channel<string>) {
  try {
    for await (const block of blocks) {
      await sleep(10)
      await stones.send(`stone ${block}`)
    }
  } finally {
    tell('the mason goes home')
  }
}

async function build(stones: Channel<string>) {
  while (laid < 4) {
    const { value: stone } = await stones.next()
    await sleep(100)
    laid += 1
    tell(`${stone} is laid, ${cut - laid} blocks lie about`)
  }
}

async function buildWall(capacity: number) {
  cut = 0
  laid = 0
  const blocks = new Channel<number>({ capacity, name: 'blocks' })
  const stones = new Channel<string>({ capacity, name: 'stones' })
  await taskGroup(async group => {
    group.createTask(() => quarry(blocks))
    group.createTask(() => mason(blocks, stones))
    await build(stones)
    tell('the wall is done')
    group.cancel()
  })
  tell('everybody has left')
}

export default async function main() {
  console.log('channels that keep two:')
  await runVirtual(() => buildWall(2))
  console.log('channels without bounds:')
  await runVirtual(() => buildWall(Number.POSITIVE_INFINITY))
}
