// A queue whose put and get are generators of their own, as a wait that is to be called must be. Whoever is woken looks
// again, so that an item is never with somebody who may not come for it.
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

  *put(item: number): Generator<undefined, void> {
    while (this.#items.isFull) {
      this.#putters.push(current)
      yield
    }
    this.#items.put(item)
    const getter = this.#getters.shift()
    if (getter !== undefined) ready.push(getter)
  }

  *get(): Generator<undefined, number> {
    while (this.#items.size === 0) {
      this.#getters.push(current)
      yield
    }
    const item = this.#items.take()
    const putter = this.#putters.shift()
    if (putter !== undefined) ready.push(putter)
    return item
  }
}

function* asks(there: Queue, back: Queue): Steps {
  for (let i = 0; i < size; i++) {
    yield* there.put(i)
    mustBe('what came back', yield* back.get(), i)
  }
}

function* answers(there: Queue, back: Queue): Steps {
  for (let i = 0; i < size; i++) yield* back.put(yield* there.get())
}

function* produces(queue: Queue): Steps {
  for (let i = 0; i < size; i++) yield* queue.put(i)
}

function* consumes(queue: Queue): Steps {
  for (let i = 0; i < size; i++) mustBe('the next item', yield* queue.get(), i)
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
