import type { Suspendable } from './after.ts'
import { type ArrayLike, lengthOf } from './array-like.ts'
import { m3, S } from './enter.ts'
import { install, withCallback } from './install.ts'

/** What is looked for in a list, and what is said of it. */
interface Search {
  /** Passes over what is missing; otherwise it counts as undefined. */
  readonly skipsHoles: boolean
  readonly isBackward?: boolean
  /** The search ends at the first item for which the callback's answer is this; never, if this is undefined. */
  readonly endsAt: boolean | undefined
  readonly found: (item: unknown, index: number) => unknown
  readonly otherwise: unknown
}

function searching(search: Search) {
  const { skipsHoles, endsAt, found, otherwise } = search
  const isBackward = search.isBackward === true
  return function* (self: object, fn: unknown, [, thisArg]: readonly unknown[]): Suspendable<unknown> {
    const list = self as ArrayLike
    const length = lengthOf(list)
    for (let n = 0; n < length; n++) {
      const index = isBackward ? length - 1 - n : n
      if (skipsHoles && !(index in list)) continue
      const item = list[index]
      let answer = m3(thisArg, fn, item, index, list)
      if (answer === S) answer = (yield S)._result
      if (Boolean(answer) === endsAt) return found(item, index)
    }
    return otherwise
  }
}

const SEARCHES: Readonly<Record<string, Search>> = {
  forEach: { skipsHoles: true, endsAt: undefined, found: () => undefined, otherwise: undefined },
  some: { skipsHoles: true, endsAt: true, found: () => true, otherwise: false },
  every: { skipsHoles: true, endsAt: false, found: () => false, otherwise: true },
  find: { skipsHoles: false, endsAt: true, found: item => item, otherwise: undefined },
  findIndex: { skipsHoles: false, endsAt: true, found: (_item, index) => index, otherwise: -1 },
  findLast: {
    skipsHoles: false,
    isBackward: true,
    endsAt: true,
    found: item => item,
    otherwise: undefined,
  },
  findLastIndex: {
    skipsHoles: false,
    isBackward: true,
    endsAt: true,
    found: (_item, index) => index,
    otherwise: -1,
  },
}

for (const [name, search] of Object.entries(SEARCHES))
  install(`Array.prototype.${name}`, Array.prototype, name, withCallback(searching(search)))
