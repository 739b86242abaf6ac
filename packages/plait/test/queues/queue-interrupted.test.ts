import { expect } from 'vitest'
import { LifoQueue, PriorityQueue, Queue, QueueShutDownError } from '../../src/index.ts'
import { type Actor, interrupted, type Scenario, type Steps } from '../sync/interrupted.ts'

/** Two who put three each, two who get what there is, and one who waits until all is done. */
class Traffic {
  readonly queue: Queue<number>
  readonly put: number[] = []
  readonly got: number[] = []
  readonly left: number[] = []
  dropped = 0

  constructor(queue: Queue<number>) {
    this.queue = queue
  }

  putter(me: Actor, first: number): Steps {
    return this.#untilShutDown(this.#putThree(me, first))
  }

  getter(me: Actor): Steps {
    return this.#untilShutDown(this.#getAll(me))
  }

  *joiner(me: Actor): Steps {
    yield* me.sleep(0.5)
    yield* me.wait(options => this.queue.join(options))
  }

  *#putThree(me: Actor, first: number): Steps {
    for (const item of [first, first + 1, first + 2]) {
      yield* me.wait(options => this.queue.put(item, options))
      this.put.push(item)
    }
  }

  *#getAll(me: Actor): Steps {
    for (;;) {
      this.got.push(yield* me.wait(options => this.queue.get(options)))
      try {
        yield* me.sleep(1)
      } finally {
        this.queue.taskDone()
      }
    }
  }

  *#untilShutDown(steps: Steps): Steps {
    try {
      yield* steps
    } catch (error) {
      if (!(error instanceof QueueShutDownError)) throw error
    }
  }

  /** Nobody waits for what is there. */
  checkAtRest(): void {
    const { size, maxSize, unfinished, getters, putters, joiners } = this.queue.statistics()
    if (size > 0) expect(getters).toEqual([])
    if (size < maxSize) expect(putters).toEqual([])
    if (unfinished === 0) expect(joiners).toEqual([])
  }

  /** Takes what nobody is there to get. */
  clear(): void {
    while (!this.queue.empty()) {
      this.left.push(this.queue.getNowait())
      this.queue.taskDone()
    }
  }

  /** Every item put was got, or dropped, or is left. */
  checkItems(): readonly number[] {
    this.clear()
    expect(this.queue.statistics()).toMatchObject({ getters: [], putters: [], joiners: [] })
    expect(this.got.length + this.left.length + this.dropped).toBe(this.put.length)
    const all = [...this.got, ...this.left]
    expect(new Set(all).size).toBe(all.length)
    expect(this.put).toEqual(expect.arrayContaining(all))
    return all
  }
}

function traffic(make: () => Queue<number>, isInOrder: boolean): () => Scenario {
  return () => {
    const all = new Traffic(make())
    let color = ''
    return {
      tasks: {
        *p(me) {
          color = me.color
          yield* all.putter(me, 10)
        },
        g: me => all.getter(me),
        q: me => all.putter(me, 20),
        h: me => all.getter(me),
        j: me => all.joiner(me),
      },
      atRest: () => all.checkAtRest(),
      *end() {
        all.queue.shutdown()
      },
      *check() {
        const items = all.checkItems()
        const { put } = all
        if (isInOrder && color === 'generator') expect(items).toEqual(put)
        // Async functions hear of their items in turns of their own.
        if (isInOrder)
          for (const first of [10, 20]) expect(from(first, items).length).toBe(from(first, put).length)
      },
    }
  }
}

function from(first: number, items: readonly number[]): number[] {
  return items.filter(item => item >= first && item < first + 10)
}

/** As traffic, but it is shut down on the way, by one who may be interrupted too. */
function closingTime(immediate: boolean): () => Scenario {
  return () => {
    const all = new Traffic(new Queue<number>({ maxSize: 2 }))
    return {
      tasks: {
        p: me => all.putter(me, 10),
        q: me => all.putter(me, 20),
        g: me => all.getter(me),
        j: me => all.joiner(me),
        *closer(me) {
          try {
            yield* me.sleep(1.5)
          } finally {
            if (immediate) all.dropped = all.queue.size
            all.queue.shutdown(immediate)
          }
        },
      },
      atRest: () => all.checkAtRest(),
      *end() {
        all.clear()
      },
      *check() {
        all.checkItems()
      },
    }
  }
}

interrupted(
  'a queue loses and doubles nothing',
  traffic(() => new Queue({ maxSize: 1 }), true),
  { p: 2, g: 4, q: 3, h: 6, j: 2 },
)

interrupted(
  'a wide queue loses and doubles nothing',
  traffic(() => new Queue(), true),
  { p: 0, g: 4, q: 0, h: 4, j: 2 },
)

interrupted(
  'a LifoQueue loses and doubles nothing',
  traffic(() => new LifoQueue({ maxSize: 1 }), false),
  { p: 2, g: 4, q: 3, h: 6, j: 2 },
)

interrupted(
  'a PriorityQueue loses and doubles nothing',
  traffic(() => new PriorityQueue({ maxSize: 2 }), false),
  { p: 1, g: 4, q: 2, h: 4, j: 2 },
)

interrupted('a queue that is shut down lets everybody go', closingTime(false), {
  p: 1,
  q: 2,
  g: 4,
  j: 2,
  closer: 1,
})

interrupted('a queue that is shut down at once lets everybody go', closingTime(true), {
  p: 1,
  q: 2,
  g: 2,
  j: 2,
  closer: 1,
})
