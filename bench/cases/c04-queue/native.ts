// A queue of promises as one writes it with care: no promise where there is nothing to wait for; whoever is woken looks
// again, so that an item is never with somebody who may not come for it.
import { ItemRing, Line, Sleeper } from '../../fifo.ts'
import { type AwaitedQueue, measureAwaitedQueues } from '../../queue-runs.ts'

class Queue implements AwaitedQueue {
  readonly #items: ItemRing
  readonly #getters: Line<Sleeper> = new Line()
  readonly #putters: Line<Sleeper> = new Line()

  constructor(maxSize: number) {
    this.#items = new ItemRing(maxSize)
  }

  put(item: number): Promise<void> | undefined {
    if (this.#items.isFull) return this.#putLater(item)
    this.#add(item)
    return undefined
  }

  get(): Promise<number> | number {
    return this.#items.size === 0 ? this.#takeLater() : this.#take()
  }

  async #putLater(item: number): Promise<void> {
    do await sleepIn(this.#putters)
    while (this.#items.isFull)
    this.#add(item)
  }

  async #takeLater(): Promise<number> {
    do await sleepIn(this.#getters)
    while (this.#items.size === 0)
    return this.#take()
  }

  #add(item: number): void {
    this.#items.put(item)
    this.#getters.shift()?.wake()
  }

  #take(): number {
    const item = this.#items.take()
    this.#putters.shift()?.wake()
    return item
  }
}

function sleepIn(line: Line<Sleeper>): Promise<void> {
  return new Promise(resolve => line.push(new Sleeper(resolve)))
}

await measureAwaitedQueues(room => new Queue(room))
