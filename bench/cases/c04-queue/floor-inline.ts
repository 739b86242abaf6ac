// The floor with each wait written out in the loop that waits: what is saved where nothing is called, and nothing can be.
import { ItemRing, Line } from '../../fifo.ts'
import { mustBe, size } from '../../measure.ts'
import { measureQueues } from '../../queue-runs.ts'
import { current, drain, ready, type Steps, type Strand } from '../../strands.ts'

class Queue {
  readonly #items: ItemRing
  readonly #getters: Line<Strand> = new Line()
  readonly #putters: Line<Strand> = new Line()

  constructor(maxSize: number) {
    this.#items = new ItemRing(maxSize)
  }

  /** Whether there was room; if not, the strand is in line and must yield. */
  put(item: number): boolean {
    if (this.#items.isFull) {
      this.#putters.push(current)
      return false
    }
    this.#items.put(item)
    const getter = this.#getters.shift()
    if (getter !== undefined) ready.push(getter)
    return true
  }

  /** An item; if there is none, the strand is in line and must yield. */
  get(): number | undefined {
    if (this.#items.size === 0) {
      this.#getters.push(current)
      return undefined
    }
    const item = this.#items.take()
    const putter = this.#putters.shift()
    if (putter !== undefined) ready.push(putter)
    return item
  }
}

function* asks(there: Queue, back: Queue): Steps {
  for (let i = 0; i < size; i++) {
    while (!there.put(i)) yield
    let item = back.get()
    for (; item === undefined; item = back.get()) yield
    mustBe('what came back', item, i)
  }
}

function* answers(there: Queue, back: Queue): Steps {
  for (let i = 0; i < size; i++) {
    let item = there.get()
    for (; item === undefined; item = there.get()) yield
    while (!back.put(item)) yield
  }
}

function* produces(queue: Queue): Steps {
  for (let i = 0; i < size; i++) while (!queue.put(i)) yield
}

function* consumes(queue: Queue): Steps {
  for (let i = 0; i < size; i++) {
    let item = queue.get()
    for (; item === undefined; item = queue.get()) yield
    mustBe('the next item', item, i)
  }
}

function pingPong(): void {
  const there = new Queue(1)
  const back = new Queue(1)
  drain([asks(there, back), answers(there, back)])
}

function through(room: number): void {
  const queue = new Queue(room)
  drain([produces(queue), consumes(queue)])
}

await measureQueues({ pingPong, through })
