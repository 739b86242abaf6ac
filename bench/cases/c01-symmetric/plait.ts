// Two coroutine objects, each resumed in turn by hand.
import { coroutine } from 'plait'
import { measure, size } from '../../measure.ts'

const endless = coroutine(function* endless(): Generator<undefined, never, unknown> {
  for (;;) yield
})

function body(): void {
  const [first, second] = [endless(), endless()]
  for (let i = 0; i < size; i += 2) {
    first.next()
    second.next()
  }
}

await measure([{ metric: 'switch', operations: size, body }])
