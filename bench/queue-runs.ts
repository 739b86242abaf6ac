import { measure, mustBe, type Repetitions, size } from './measure.ts'

/** What case 4 does with queues: each is a program of two tasks that `size` items pass through, in order. */
export interface QueueRuns {
  /** By two queues with room for one item: an item goes there, and back, before the next. */
  readonly pingPong: () => unknown
  /** By a queue with room for so many items: one task puts, the other gets. */
  readonly through?: (room: number) => unknown
}

export async function measureQueues(
  { pingPong, through }: QueueRuns,
  repetitions: Repetitions = { repetitions: 9 },
): Promise<void> {
  const oneWay = [1, 100].map(room => ({
    metric: `producer to consumer, size ${room}`,
    operations: size,
    body: () => through?.(room),
  }))
  const bothWays = { metric: 'ping-pong', operations: size, body: pingPong }
  await measure(through === undefined ? [bothWays] : [bothWays, ...oneWay], repetitions)
}

/** A queue for async functions. What can be had at once need not be a promise. */
export interface AwaitedQueue {
  put(item: number): Promise<void> | undefined
  get(): Promise<number> | number
}

/** The same two tasks for every such queue. */
export async function measureAwaitedQueues(make: (room: number) => AwaitedQueue): Promise<void> {
  await measureQueues({
    pingPong() {
      const there = make(1)
      const back = make(1)
      return Promise.all([asks(there, back), answers(there, back)])
    },
    through(room) {
      const queue = make(room)
      return Promise.all([produces(queue), consumes(queue)])
    },
  })
}

async function asks(there: AwaitedQueue, back: AwaitedQueue): Promise<void> {
  for (let i = 0; i < size; i++) {
    await there.put(i)
    mustBe('what came back', await back.get(), i)
  }
}

async function answers(there: AwaitedQueue, back: AwaitedQueue): Promise<void> {
  for (let i = 0; i < size; i++) await back.put(await there.get())
}

async function produces(queue: AwaitedQueue): Promise<void> {
  for (let i = 0; i < size; i++) await queue.put(i)
}

async function consumes(queue: AwaitedQueue): Promise<void> {
  for (let i = 0; i < size; i++) mustBe('the next item', await queue.get(), i)
}
