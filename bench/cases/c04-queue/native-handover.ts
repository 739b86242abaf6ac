// As native, but an item goes straight to whoever waits for one: cheaper, and lost if that one were cancelled meanwhile.
import { ItemRing, Line, Sleeper } from '../../fifo.ts'
import { type AwaitedQueue, measureAwaitedQueues } from '../../queue-runs.ts'

class Putter extends Sleeper {
  readonly item: number

  constructor(wake: () => void, item: number) {
    super(wake)
    this.item = item
  }
}

class Queue implements AwaitedQueue {
  readonly #items: ItemRing
  readonly #getters: Line<Sleeper<number>> = new Line()
  readonly #putters: Line<Sleeper> = new Line()

  constructor(maxSize: number) {
    this.#items = new ItemRing(maxSize)
  }

  put(item: number): Promise<void> | undefined {
    if (this.#items.isFull) return new Promise(resolve => this.#putters.push(new Putter(resolve, item)))
    const getter = this.#getters.shift()
    if (getter === undefined) this.#items.put(item)
    else getter.wake(item)
    return undefined
  }

  get(): Promise<number> | number {
    if (this.#items.size === 0) return new Promise(resolve => this.#getters.push(new Sleeper(resolve)))
    const item = this.#items.take()
    const putter = this.#putters.shift() as Putter | undefined
    if (putter !== undefined) {
      this.#items.put(putter.item)
      putter.wake()
    }
    return item
  }
}

await measureAwaitedQueues(room => new Queue(room))
