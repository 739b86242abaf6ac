import { EventEmitter } from 'node:events'
import { expect } from 'vitest'
import {
  allTasks,
  asyncGenerator,
  type Emit,
  events,
  type Flow,
  sleep,
  sourceOf,
  until,
} from '../../src/index.ts'
import { type Actor, interrupted, type Scenario, type Steps } from '../sync/interrupted.ts'
import { listeners } from './listeners.ts'

/** One to four, and what has become of whoever makes them. */
interface Made {
  readonly flow: Flow<number>
  isClean(): boolean
}

const generated = asyncGenerator(function* generated(emit: Emit<number>, log: string[]) {
  try {
    for (const n of [1, 2, 3, 4]) {
      yield* emit(n)
      yield* sleep(1)
    }
  } finally {
    try {
      yield* sleep(1)
    } finally {
      log.push('cleaned') // Though it be cancelled in the middle of cleaning up.
    }
  }
})

const kinds: Record<string, () => Made> = {
  'an asyncGenerator': () => {
    const log: string[] = []
    return { flow: generated(log), isClean: () => log.join() === 'cleaned' }
  },
  'an async generator': () => {
    const log: string[] = []
    async function* native() {
      try {
        for (const n of [1, 2, 3, 4]) {
          yield n
          await sleep(1)
        }
      } finally {
        await sleep(1)
        log.push('cleaned')
      }
    }
    return { flow: sourceOf(native()), isClean: () => log.join() === 'cleaned' }
  },
  'a web stream': () => {
    let n = 0
    let isCancelled = false
    const stream = new ReadableStream<number>({
      pull(controller) {
        n += 1
        if (n > 4) controller.close()
        else controller.enqueue(n)
      },
      async cancel() {
        await sleep(1)
        isCancelled = true
      },
    })
    return { flow: sourceOf(stream), isClean: () => !stream.locked && (isCancelled || n > 4) }
  },
}

/** Two who take two each, one by one. */
function shared(make: () => Made): () => Scenario {
  return () => {
    const { flow } = make()
    const taken: (number | undefined)[] = []
    function* reader(me: Actor): Steps {
      for (let n = 0; n < 2; n += 1) {
        const next = yield* me.waitFor(() => flow.next())
        taken.push(next.value)
        yield* me.sleep(1)
      }
    }
    return {
      tasks: { a: reader, b: reader },
      *check() {
        const rest = yield* flow.toArray()
        expect([...taken, ...rest].sort()).toEqual([1, 2, 3, 4])
      },
    }
  }
}

/** One who goes through all of them, and whom it is waited for when she leaves. */
function whole(make: () => Made): () => Scenario {
  return () => {
    const { flow, isClean } = make()
    const taken: number[] = []
    let hasBegun = false
    let wasClean: boolean | undefined
    return {
      tasks: {
        *reader(me) {
          try {
            hasBegun = true
            yield* me.waitFor(() =>
              flow.forEach(
                me.body(function* (item: number) {
                  taken.push(item)
                  yield* me.sleep(1)
                }),
              ),
            )
          } finally {
            wasClean = isClean()
          }
        },
      },
      *check(victim) {
        expect(taken).toEqual([1, 2, 3, 4].slice(0, taken.length))
        if (victim === undefined) expect(taken).toHaveLength(4)
        if (hasBegun) expect((yield* flow.next()).done).toBe(true)
        // One that could not be interrupted is not waited for, and ends in its own time.
        for (let n = 0; n < 5 && !isClean(); n += 1) {
          yield* until(new Promise(resolve => setImmediate(resolve)))
          yield* sleep(1)
        }
        expect(isClean()).toBe(true)
        expect(wasClean).toBeDefined()
        expect(allTasks().map(task => task.name)).toEqual(['main'])
      },
    }
  }
}

/** Two who read what a third tells. */
function told(): Scenario {
  const emitter = new EventEmitter()
  const flow = events<[number]>(emitter, 'number', { close: 'end' })
  const taken: number[] = []
  function* reader(me: Actor): Steps {
    for (;;) {
      const next = yield* me.waitFor(() => flow.next())
      if (next.done) return
      taken.push(next.value[0])
      yield* me.sleep(1)
    }
  }
  return {
    tasks: {
      a: reader,
      b: reader,
      *teller(me) {
        try {
          for (const n of [1, 2, 3, 4, 5, 6]) {
            emitter.emit('number', n)
            if (n % 2 === 0) yield* me.sleep(1)
          }
        } finally {
          emitter.emit('end')
        }
      },
    },
    *check(victim) {
      const rest = yield* flow.toArray()
      const all = [...taken, ...rest.map(([n]) => n)].sort()
      expect(all).toEqual([1, 2, 3, 4, 5, 6].slice(0, all.length))
      if (victim !== 'teller') expect(all).toHaveLength(6)
      expect(listeners(emitter)).toBe(0)
    },
  }
}

for (const [kind, make] of Object.entries(kinds)) {
  interrupted(`${kind} loses and doubles nothing for its readers`, shared(make), { a: 4, b: 4 })
  interrupted(`${kind} is cleaned up after`, whole(make), { reader: 9 })
}
interrupted('events are lost for nobody, and none is told twice', told, { a: 4, b: 4, teller: 3 })
