import { twinOf } from '../coroutine/twin.ts'
import type { Suspendable } from './after.ts'
import { m3, S } from './enter.ts'
import { install, plaitPlainly } from './install.ts'

type Pairs = Iterator<readonly [unknown, unknown]>

/** Of a Map and of a Set: `forEach` walks as the iterator does, visiting what is added meanwhile and not what is deleted. */
function installForEach(
  name: string,
  prototype: object,
  entries: (this: unknown) => Pairs,
  sample: Pairs,
): void {
  const { next } = sample
  const { get: size } = Object.getOwnPropertyDescriptor(prototype, 'size') as {
    get: (this: unknown) => number
  }

  function* walking(self: unknown, fn: unknown, thisArg: unknown): Suspendable<undefined> {
    const pairs = entries.call(self)
    for (;;) {
      const { done, value } = next.call(pairs) as IteratorResult<readonly [unknown, unknown], undefined>
      if (done === true) return undefined
      if (m3(thisArg, fn, value[1], value[0], self) === S) yield S
    }
  }

  function isOne(self: unknown): boolean {
    try {
      return size.call(self) >= 0
    } catch {
      return false
    }
  }

  install(`${name}.prototype.forEach`, prototype, 'forEach', native => {
    return function (...args: unknown[]) {
      const [fn, thisArg] = args
      return twinOf(fn) === undefined || !isOne(this)
        ? plaitPlainly(native, this, args)
        : walking(this, fn, thisArg)
    }
  })
}

installForEach('Map', Map.prototype, Map.prototype.entries as never, new Map().entries() as never)
installForEach('Set', Set.prototype, Set.prototype.entries as never, new Set().entries() as never)
