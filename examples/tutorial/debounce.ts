/**
 * Events as a source: somebody types into a box, and a search begins when no key has come for 200 ms.
 *
 * `events` listens to an EventEmitter or an EventTarget and keeps what comes. The next event is a wait like any other,
 * so `select` can wait for it and for a pause at once; and what it did not take is still there next time.
 */
import { EventEmitter } from 'node:events'
import { createTask, events, getEventLoop, type Operation, select, sleep } from 'plait'
import { runVirtual } from 'plait/testing'

function tell(line: string) {
  console.log(`${String(getEventLoop().time()).padStart(5)} ms  ${line}`)
}

/** How long each key takes. */
const PAUSES = [0, 90, 110, 400, 100, 120, 80, 150, 60]

function* type(box: EventEmitter): Operation<void> {
  for (const [i, pause] of PAUSES.entries()) {
    yield* sleep(pause)
    const text = 'coroutine'.slice(0, i + 1)
    tell(text)
    box.emit('input', text)
  }
  yield* sleep(1000)
  box.emit('close')
}

function* search(box: EventEmitter): Operation<void> {
  using inputs = events<[text: string]>(box, 'input', { close: 'close' })
  let text: string | undefined
  for (;;) {
    const pause = text === undefined ? undefined : sleep(200) // nothing typed, nothing to wait for
    const next = yield* select({ input: inputs.next(), pause })
    if (next.kind === 'pause') {
      tell(`search for "${text}"`)
      text = undefined
    } else if (next.value.done) return
    else text = next.value.value[0]
  }
}

function* program() {
  const box = new EventEmitter()
  createTask(type(box))
  yield* search(box)
  tell(`closed, with ${box.listenerCount('input')} listeners left`)
}

export default async function main() {
  await runVirtual(program)
}
