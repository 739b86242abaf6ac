import {
  Barrier,
  BoundedSemaphore,
  Condition,
  Event,
  LifoQueue,
  Lock,
  PriorityQueue,
  Queue,
  Semaphore,
} from '../../../src/index.ts'
import type {
  BarrierName,
  ConditionName,
  EventName,
  Lockable,
  QueueName,
  SharedName,
} from '../things-program.ts'

/** What is put into queues. */
export type Item = readonly [priority: number, serial: number]

/** What the tasks of a program share: made when first named. */
export class SharedThings {
  counter = 0
  #items = 0
  readonly #made = new Map<string, unknown>()

  lockable(name: Lockable): Lock | Condition | Semaphore {
    if (isCondition(name)) return this.condition(name)
    return this.#find(name, number => {
      if (name.startsWith('lock')) return new Lock({ name })
      return name.startsWith('bounded') ? new BoundedSemaphore(number, { name }) : new Semaphore(number)
    })
  }

  event(name: EventName): Event {
    return this.#find(name, () => new Event({ name }))
  }

  condition(name: ConditionName): Condition {
    return this.#find(name, number =>
      number === 0 ? new Condition(this.lockable('lock0') as Lock) : new Condition(undefined, { name }),
    )
  }

  barrier(name: BarrierName): Barrier {
    return this.#find(name, number => new Barrier(number))
  }

  queue(name: QueueName): Queue<Item> {
    return this.#find(name, maxSize => {
      if (name.startsWith('lifo')) return new LifoQueue<Item>({ maxSize })
      if (name.startsWith('queue')) return new Queue<Item>({ maxSize, name })
      // By their first element either way: what the queue does by itself, or as it is told.
      return maxSize === 1
        ? new PriorityQueue<Item>({ maxSize, compare: ([a], [b]) => a - b })
        : new PriorityQueue<Item>({ maxSize })
    })
  }

  /** Something to put: no two are the same. */
  item(priority: number): Item {
    this.#items += 1
    return [priority, this.#items]
  }

  /** All that can be read of it. */
  look(name: SharedName): readonly unknown[] {
    if (isEvent(name)) {
      const event = this.event(name)
      return [event.isSet(), event.statistics().waiters.length]
    }
    if (isBarrier(name)) {
      const barrier = this.barrier(name)
      return [barrier.parties, barrier.nWaiting, barrier.broken, barrier.statistics().waiters.length]
    }
    if (isQueue(name)) {
      const queue = this.queue(name)
      const { unfinished, getters, putters, joiners } = queue.statistics()
      const size = [queue.maxSize, queue.size, queue.empty(), queue.full(), unfinished]
      return [...size, getters.length, putters.length, joiners.length]
    }
    const thing = this.lockable(name)
    const waiters = thing.statistics().waiters.length
    return thing instanceof Semaphore ? [thing.locked(), thing.value, waiters] : [thing.locked(), waiters]
  }

  #find<T>(name: string, make: (number: number) => T): T {
    if (!this.#made.has(name)) this.#made.set(name, make(Number(name.at(-1))))
    return this.#made.get(name) as T
  }
}

const isCondition = (name: SharedName): name is ConditionName => name.startsWith('condition')
const isEvent = (name: SharedName): name is EventName => name.startsWith('event')
const isBarrier = (name: SharedName): name is BarrierName => name.startsWith('barrier')
const isQueue = (name: SharedName): name is QueueName => /^(queue|priority|lifo)/.test(name)
