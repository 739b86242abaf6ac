/**
 * A pipeline that pushes: each coroutine waits for a line and sends on to the next what it thinks fit.
 *
 *     lines ──▶ grep ──▶ numbered ──▶ printer
 *
 * In a chain of generators the last one pulls. Here the source pushes, so a line can also be sent to several.
 */
import { type Coroutine, primed } from 'plait'

type Sink = Coroutine<void, void, string>

const RHYME = `Three blind mice.
See how they run!
They all ran after the farmer's wife,
Who cut off their tails with a carving knife.
Did you ever see such a sight in your life
As three blind mice?`

const grep = primed(function* grep(pattern: RegExp, target: Sink): Generator<void, void, string> {
  try {
    while (true) {
      const line = yield
      if (pattern.test(line)) target.send(line)
    }
  } finally {
    target.close() // whoever closes the first of the chain closes all of it
  }
})

const numbered = primed(function* numbered(target: Sink): Generator<void, void, string> {
  try {
    for (let n = 1; ; n += 1) target.send(`${n}: ${yield}`)
  } finally {
    target.close()
  }
})

const printer = primed(function* printer(): Generator<void, void, string> {
  try {
    while (true) console.log(yield)
  } finally {
    console.log('(no more lines)')
  }
})

export default function* main() {
  const pipeline = grep(/see|mice/i, numbered(printer()))
  for (const line of RHYME.split('\n')) pipeline.send(line)
  pipeline.close()
}
