/**
 * Ping-pong on a channel, as in Go: two players, one table, one ball.
 *
 * The channel has no capacity, so a send waits until somebody receives: the ball is always in somebody's hand, and
 * nothing has to be locked. Whoever has waited longest receives. Closing the channel sends both players home.
 */
import { Channel, createTask, type Operation, sleep } from 'plait'
import { runVirtual } from 'plait/testing'

interface Ball {
  hits: number
}

function* play(name: string, table: Channel<Ball>): Operation<void> {
  yield* table.forEach(function* (ball) {
    ball.hits += 1
    console.log(`${name} ${ball.hits}`)
    yield* sleep(100)
    yield* table.send(ball)
  })
  console.log(`${name} goes home`)
}

function* game() {
  const table = new Channel<Ball>()
  const players = [createTask(play('ping', table)), createTask(play('pong', table))]

  yield* table.send({ hits: 0 })
  yield* sleep(550)
  const caught = yield* table.receive() // in line like the players: it gets the ball when its turn comes
  if (caught.kind === 'item') console.log(`caught after ${caught.item.hits} hits`)

  table.close()
  for (const player of players) yield* player
}

export default async function main() {
  await runVirtual(game)
}
