// Halted through their parent, since that is the way Effection cancels many.
import { type Operation, run, sleep, spawn, suspend } from 'effection'
import { emit, HOUR_MS, mustBe, nowNs, size } from '../../measure.ts'

let started = 0
let ended = 0

function* sleeper(): Operation<void> {
  started += 1
  try {
    yield* sleep(HOUR_MS)
  } finally {
    ended += 1
  }
}

function* parent(): Operation<void> {
  for (let i = 0; i < size; i++) yield* spawn(sleeper)
  yield* suspend()
}

const took = await run(function* () {
  const task = yield* spawn(parent)
  yield* sleep(5)
  mustBe('the number started', started, size)
  globalThis.gc?.()
  const start = nowNs()
  yield* task.halt()
  return nowNs() - start
})
mustBe('the number ended', ended, size)
// Once only: making the tasks takes many seconds.
emit('cancel and join', 'ns', [took / size])
