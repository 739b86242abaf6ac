/**
 * Producers and consumers on a queue, in async functions: two waiters bring orders, three cooks take them.
 */
import { createTask, gather, getEventLoop, Queue, QueueShutDownError, sleep } from 'plait'
import { runVirtual } from 'plait/testing'

interface Order {
  readonly dish: string
  readonly takesMs: number
}

function tell(line: string) {
  console.log(`${String(getEventLoop().time()).padStart(4)} ms  ${line}`)
}

async function waiter(name: string, paceMs: number, orders: readonly Order[], kitchen: Queue<Order>) {
  for (const order of orders) {
    await sleep(paceMs)
    await kitchen.put(order)
    tell(`${name} orders ${order.dish}`)
  }
}

async function cook(name: string, kitchen: Queue<Order>) {
  try {
    for (;;) {
      const { dish, takesMs } = await kitchen.get()
      await sleep(takesMs)
      tell(`${name} serves ${dish}`)
      kitchen.taskDone()
    }
  } catch (error) {
    if (!(error instanceof QueueShutDownError)) throw error
    tell(`${name} goes home`)
  }
}

async function evening() {
  const kitchen = new Queue<Order>({ maxSize: 2, name: 'kitchen' })
  const cooks = ['Ada', 'Ben', 'Cem'].map(name => createTask(() => cook(name, kitchen), { name }))

  await gather(
    () => waiter('Wim', 30, [soup, roast, salad, cake], kitchen),
    () => waiter('Yan', 70, [pasta, cake, soup], kitchen),
  )
  tell('no more orders')
  await kitchen.join()
  tell('all is served')

  kitchen.shutdown()
  await gather(...cooks)
}

const soup = { dish: 'soup', takesMs: 200 }
const roast = { dish: 'roast', takesMs: 900 }
const salad = { dish: 'salad', takesMs: 100 }
const pasta = { dish: 'pasta', takesMs: 350 }
const cake = { dish: 'cake', takesMs: 50 }

export default async function main() {
  await runVirtual(evening)
}
