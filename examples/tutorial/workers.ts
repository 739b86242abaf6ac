/**
 * Producers and consumers on a queue: two waiters bring orders, three cooks take them.
 *
 * `put` waits while the queue is full, `get` while it is empty. `taskDone` says that an order is served, and `join`
 * waits until all are. `shutdown` then tells the cooks, who wait for the next order, that there will be none.
 */
import { createTask, gather, getEventLoop, type Operation, Queue, QueueShutDownError, sleep } from 'plait'
import { runVirtual } from 'plait/testing'

interface Order {
  readonly dish: string
  readonly takesMs: number
}

function tell(line: string) {
  console.log(`${String(getEventLoop().time()).padStart(4)} ms  ${line}`)
}

function* waiter(
  name: string,
  paceMs: number,
  orders: readonly Order[],
  kitchen: Queue<Order>,
): Operation<void> {
  for (const order of orders) {
    yield* sleep(paceMs)
    yield* kitchen.put(order)
    tell(`${name} orders ${order.dish}`)
  }
}

function* cook(name: string, kitchen: Queue<Order>): Operation<void> {
  try {
    for (;;) {
      const { dish, takesMs } = yield* kitchen.get()
      yield* sleep(takesMs)
      tell(`${name} serves ${dish}`)
      kitchen.taskDone()
    }
  } catch (error) {
    if (!(error instanceof QueueShutDownError)) throw error
    tell(`${name} goes home`)
  }
}

function* evening() {
  const kitchen = new Queue<Order>({ maxSize: 2, name: 'kitchen' })
  const cooks = ['Ada', 'Ben', 'Cem'].map(name => createTask(cook(name, kitchen), { name }))

  yield* gather(
    waiter('Wim', 30, [soup, roast, salad, cake], kitchen),
    waiter('Yan', 70, [pasta, cake, soup], kitchen),
  )
  tell('no more orders')
  yield* kitchen.join()
  tell('all is served')

  kitchen.shutdown()
  yield* gather(...cooks)
}

const soup = { dish: 'soup', takesMs: 200 }
const roast = { dish: 'roast', takesMs: 900 }
const salad = { dish: 'salad', takesMs: 100 }
const pasta = { dish: 'pasta', takesMs: 350 }
const cake = { dish: 'cake', takesMs: 50 }

export default async function main() {
  await runVirtual(evening)
}
