// Its queue has no bound, so the ping-pong alone is the same work.
import { all, createQueue, type Operation, type Queue, run } from 'effection'
import { mustBe, size } from '../../measure.ts'
import { measureQueues } from '../../queue-runs.ts'

type Numbers = Queue<number, never>

function* asks(there: Numbers, back: Numbers): Operation<void> {
  for (let i = 0; i < size; i++) {
    there.add(i)
    mustBe('what came back', (yield* back.next()).value, i)
  }
}

function* answers(there: Numbers, back: Numbers): Operation<void> {
  for (let i = 0; i < size; i++) back.add((yield* there.next()).value)
}

function* pingPong(): Operation<void> {
  const there: Numbers = createQueue()
  const back: Numbers = createQueue()
  yield* all([asks(there, back), answers(there, back)])
}

await measureQueues({ pingPong: () => run(pingPong) }, { warmUps: 1, repetitions: 3 })
