import { Duplex } from 'node:stream'
import { expect, test } from 'vitest'
import { sourceOf } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

test('a duplex read to its end may still be written to; left early it is destroyed', async () => {
  await runVirtual(function* () {
    const written: string[] = []
    const make = (items: string[]): Duplex =>
      new Duplex({
        objectMode: true,
        allowHalfOpen: true,
        read() {
          this.push(items.shift() ?? null)
        },
        write(item: string, _encoding, done) {
          written.push(item)
          done()
        },
      })
    const whole = make(['a', 'b'])
    expect(yield* sourceOf(whole).toArray()).toEqual(['a', 'b'])
    expect(whole.destroyed).toBe(false)
    whole.end('answer')
    expect(written).toEqual(['answer'])

    const left = make(['a', 'b'])
    const flow = sourceOf(left)
    yield* flow.next()
    yield* flow.stop()
    expect(left.destroyed).toBe(true)
  })
})
