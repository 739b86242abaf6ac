/**
 * Ping-pong on a channel, in async functions: `for await` receives until the channel is closed.
 */
import { Channel, createTask, sleep } from 'plait'
import { runVirtual } from 'plait/testing'

interface Ball {
  hits: number
}

async function play(name: string, table: Channel<Ball>) {
  for await (const ball of table) {
    ball.hits += 1
    console.log(`${name} ${ball.hits}`)
    await sleep(100)
    await table.send(ball)
  }
  return `${name} goes home`
}

async function game() {
  const table = new Channel<Ball>()
  const players = ['ping', 'pong'].map(name => createTask(() => play(name, table)))

  await table.send({ hits: 0 })
  await sleep(550)
  const caught = await table.receive() // in line like the players: it gets the ball when its turn comes
  if (caught.kind === 'item') console.log(`caught after ${caught.item.hits} hits`)

  table.close()
  for (const player of players) console.log(await player)
}

export default async function main() {
  await runVirtual(game)
}
