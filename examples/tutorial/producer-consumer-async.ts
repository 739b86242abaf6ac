/**
 * A producer and a consumer as two tasks. Async functions have no `send`, so items pass over a channel: each comes with
 * a receipt for the consumer to fill in, and closing the channel is what `close()` is to a coroutine.
 */
import { Channel, createTask, Future } from 'plait'

interface Parcel {
  readonly n: number
  readonly receipt: Future<string>
}

async function consume(counter: Channel<Parcel>) {
  for await (const { n, receipt } of counter) {
    console.log(`[CONSUMER] Consuming ${n}...`)
    receipt.setResult('200 OK')
  }
}

async function produce(counter: Channel<Parcel>) {
  for (let n = 1; n <= 5; n += 1) {
    console.log(`[PRODUCER] Producing ${n}...`)
    const receipt = new Future<string>()
    await counter.send({ n, receipt })
    console.log(`[PRODUCER] Consumer return: ${await receipt}`)
  }
  counter.close() // else the consumer would wait for ever
}

export default async function main() {
  const counter = new Channel<Parcel>()
  const consumer = createTask(() => consume(counter))
  await produce(counter)
  await consumer
}
