/**
 * A producer and a consumer without a lock, a queue or a thread: `send` passes an item in, `yield` passes a receipt
 * out, and only one of the two ever runs.
 */
import { type Coroutine, coroutine } from 'plait'

const consumer = coroutine(function* consumer(): Generator<string, void, number> {
  let receipt = ''
  while (true) {
    const n = yield receipt // out goes the receipt of the last item, in comes the next item
    console.log(`[CONSUMER] Consuming ${n}...`)
    receipt = '200 OK'
  }
})

function produce(customer: Coroutine<void, string, number>) {
  customer.next() // up to its first yield, where it can take an item
  for (let n = 1; n <= 5; n += 1) {
    console.log(`[PRODUCER] Producing ${n}...`)
    const { value: receipt } = customer.send(n)
    console.log(`[PRODUCER] Consumer return: ${receipt}`)
  }
  customer.close() // else it would stand at its yield for ever
}

export default function* main() {
  produce(consumer())
}
