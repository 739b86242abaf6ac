import { expect, test } from 'vitest'
import { sleep } from '../../src/greenlet.ts'
import { c1, cn, each, item, lendG, m1, make, S, spread, superCall } from '../../src/twins.ts'
import type { Twin } from './by-hand.ts'
import { derived } from './classes.ts'
import { got, type Outcome, run } from './pausing.ts'

/* What a wait names that stands beneath what has no twin: that, and not what of the runtime called it. */

function plain(): void {
  sleep(1)
}

class Plain {
  constructor() {
    sleep(1)
  }
}

const [, Derived] = derived(
  Plain,
  call => call(),
  function* ($o) {
    yield* got(superCall($o as never, []))
    return undefined
  },
)

const steps = { [Symbol.iterator]: () => ({ next: plain }) }
const closing = {
  [Symbol.iterator]: () => ({
    next: () => ({ done: false, value: 1 }),
    return: function close() {
      sleep(1)
    },
  }),
}
const waits = lendG(function* waits(): Generator {}, function* (): Generator<unknown, void, never> {
  try {
    yield 1
  } finally {
    if (c1(sleep, 1) === S) yield S
  }
} as never)
const engine = (function* generated(): Generator {
  plain()
})()

const rows: [what: string, body: () => Twin<unknown>, named: RegExp][] = [
  ['a callback of a native', () => got(m1([1], [].map, plain)), /Array\.map is in the way/],
  ['a class', () => got(make(Plain, [])), /: new Plain \(.*\) is in the way/],
  ['a parent class', () => got(make(Derived, [])), /: new (?:Plain|Own) \(.*\) is in the way/],
  ['the next of an iterator', () => got(spread(steps)), /: (?:Object\.)?(?:plain|next) \(.*\) is in the way/],
  [
    'a generator of the engine',
    () => got(m1(engine, engine.next, 1)),
    /: the generator generated \(.*\) is in the way/,
  ],
  [
    'the return of an iterator, as a loop is left',
    function* () {
      for (const v of each(closing) as Iterable<unknown>) if (item(v) === 1) break
      return undefined
    },
    /: Object\.close \(.*\) is in the way/,
  ],
]

test.each(rows)('%s', async (_what, body, named) => {
  const outcome = (await run(false, body)) as Outcome & { error: string }
  expect(outcome.error).toMatch(/^CannotSuspendError: /)
  expect(outcome.error).toMatch(named)
})

test('a generator whose finally waits, as a loop over it is left', async () => {
  const outcome = (await run(false, function* (): Twin<unknown> {
    const one = yield* got(cn(waits, []))
    for (const v of each(one) as Iterable<unknown>) if ((yield* got(item(v))) === 1) break
    return undefined
  })) as { error: string }
  expect(outcome.error).toMatch(/^CannotSuspendError: /)
  expect(outcome.error).toMatch(/: the generator waits \(/)
})
