import { gather, type Operation, Queue, run } from 'plait'
import { mustBe, size } from '../../measure.ts'
import { measureQueues } from '../../queue-runs.ts'

function* asks(there: Queue<number>, back: Queue<number>): Operation<void> {
  for (let i = 0; i < size; i++) {
    yield* there.put(i)
    mustBe('what came back', yield* back.get(), i)
  }
}

function* answers(there: Queue<number>, back: Queue<number>): Operation<void> {
  for (let i = 0; i < size; i++) yield* back.put(yield* there.get())
}

function* produces(queue: Queue<number>): Operation<void> {
  for (let i = 0; i < size; i++) yield* queue.put(i)
}

function* consumes(queue: Queue<number>): Operation<void> {
  for (let i = 0; i < size; i++) mustBe('the next item', yield* queue.get(), i)
}

function* pingPong(): Operation<void> {
  const there = new Queue<number>({ maxSize: 1 })
  const back = new Queue<number>({ maxSize: 1 })
  yield* gather(asks(there, back), answers(there, back))
}

function* through(maxSize: number): Operation<void> {
  const queue = new Queue<number>({ maxSize })
  yield* gather(produces(queue), consumes(queue))
}

await measureQueues({ pingPong: () => run(pingPong), through: room => run(through(room)) })
