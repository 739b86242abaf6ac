// By channels. They can be closed, so what is received says whether it is an item.
import { Channel, gather, type Operation, type Received, run } from 'plait'
import { mustBe, size } from '../../measure.ts'
import { measureQueues } from '../../queue-runs.ts'

function itemOf(received: Received<number>): number {
  if (received.kind === 'closed') throw new Error('the channel was closed')
  return received.item
}

function* asks(there: Channel<number>, back: Channel<number>): Operation<void> {
  for (let i = 0; i < size; i++) {
    yield* there.send(i)
    mustBe('what came back', itemOf(yield* back.receive()), i)
  }
}

function* answers(there: Channel<number>, back: Channel<number>): Operation<void> {
  for (let i = 0; i < size; i++) yield* back.send(itemOf(yield* there.receive()))
}

function* produces(channel: Channel<number>): Operation<void> {
  for (let i = 0; i < size; i++) yield* channel.send(i)
}

function* consumes(channel: Channel<number>): Operation<void> {
  for (let i = 0; i < size; i++) mustBe('the next item', itemOf(yield* channel.receive()), i)
}

function* pingPong(): Operation<void> {
  const there = new Channel<number>({ capacity: 1 })
  const back = new Channel<number>({ capacity: 1 })
  yield* gather(asks(there, back), answers(there, back))
}

function* through(capacity: number): Operation<void> {
  const channel = new Channel<number>({ capacity })
  yield* gather(produces(channel), consumes(channel))
}

await measureQueues({ pingPong: () => run(pingPong), through: room => run(through(room)) })
