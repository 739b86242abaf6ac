/**
 * A producer and a consumer as two tasks. Async functions have no `send`, so what passes between them passes through
 * futures: a parcel holds the item, and a receipt that the consumer fills in.
 */
import { createTask, Future } from 'plait'

interface Parcel {
  readonly n: number
  readonly receipt: Future<string>
}

/** A counter with room for one parcel. */
class Counter {
  #next = new Future<Parcel>()

  put(parcel: Parcel) {
    this.#next.setResult(parcel)
  }

  async take() {
    const parcel = await this.#next
    this.#next = new Future()
    return parcel
  }
}

async function consume(counter: Counter) {
  while (true) {
    const { n, receipt } = await counter.take()
    console.log(`[CONSUMER] Consuming ${n}...`)
    receipt.setResult('200 OK')
  }
}

async function produce(counter: Counter) {
  for (let n = 1; n <= 5; n += 1) {
    console.log(`[PRODUCER] Producing ${n}...`)
    const receipt = new Future<string>()
    counter.put({ n, receipt })
    console.log(`[PRODUCER] Consumer return: ${await receipt}`)
  }
}

export default async function main() {
  const counter = new Counter()
  const consumer = createTask(() => consume(counter))
  await produce(counter)
  consumer.cancel() // else it would wait for ever; what close() is to a coroutine
}
