import { Future } from '../../src/index.ts'
import { Place } from '../../src/tasks/place.ts'

/*
 * Counts how often anybody in a waiting line is looked at, by those who wake and those who come. Time would tell of a cost
 * that grows with the square too, but not the same on every machine.
 */

let looks = 0

for (const name of ['_isOpen', '_isCancelled']) {
  const { get } = Object.getOwnPropertyDescriptor(Place.prototype, name) as { get: () => boolean }
  Object.defineProperty(Place.prototype, name, {
    configurable: true,
    get(this: unknown) {
      looks += 1
      return get.call(this)
    },
  })
}

/** How many looks there were since the last time this was asked. */
export function looksSince(): number {
  const since = looks
  looks = 0
  return since
}

/** A future that counts, with the looks, how often it looks at one of those who wait for it. */
export class WatchedFuture<T> extends Future<T> {
  constructor() {
    super()
    let waiters: unknown
    Object.defineProperty(this, '_waiters', {
      get: () => waiters,
      set: (value: unknown) => {
        waiters = Array.isArray(value) ? new Proxy(value, { get: countedGet }) : value
      },
    })
  }
}

function countedGet(list: unknown[], key: string | symbol): unknown {
  if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1
  return Reflect.get(list, key)
}
