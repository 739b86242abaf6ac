import { type AnyFunction, type Steps, twinOf } from '../coroutine/twin.ts'
import type { Suspendable } from './after.ts'
import { type ArrayLike, lengthOf } from './array-like.ts'
import { c2, S } from './enter.ts'
import { install, plaitPlainly } from './install.ts'

/*
 * Sorting is left to the engine, so that a comparator is asked just what it is asked without a twin, in that order. One
 * that suspends ends the engine's sort by an error; once it has answered, the sort begins again, and is told all the
 * answers it has had. That is quick where few comparisons suspend, and quadratic where all do: then the rest is sorted by
 * merging, which asks other questions but comes to the same.
 */

/** How many answers are told again before the sort is done by merging: a list of 64 needs fewer, if every comparison suspends. */
const PATIENCE = 100_000

const nativeSort = Array.prototype.sort
const SUSPENDED = new Error('a comparison has suspended')

function* sorted(items: unknown[], fn: unknown): Suspendable<unknown[]> {
  const answers: number[] = []
  for (let told = 0; told < PATIENCE; told += answers.length) {
    const list = items.slice()
    let asked = 0
    try {
      return nativeSort.call(list, (a, b) => {
        const known = answers[asked++]
        if (known !== undefined) return known
        const answer = c2(fn, a, b)
        if (answer === S) throw SUSPENDED
        return remember(answers, answer)
      })
    } catch (error) {
      if (error !== SUSPENDED) throw error
    }
    remember(answers, (yield S)._result)
  }
  return yield* merged(items, fn)
}

/** ToNumber, once for each answer. */
function remember(answers: number[], answer: unknown): number {
  const order = +(answer as number)
  answers.push(order)
  return order
}

/** What is undefined comes last, and no comparator is asked about it. */
function* merged(items: readonly unknown[], fn: unknown): Suspendable<unknown[]> {
  let from: unknown[] = items.filter(item => item !== undefined)
  const { length } = from
  let to: unknown[] = new Array(length)
  for (let width = 1; width < length; width *= 2) {
    for (let low = 0; low < length; low += 2 * width) {
      const middle = Math.min(low + width, length)
      const high = Math.min(middle + width, length)
      let left = low
      let right = middle
      for (let at = low; at < high; at++) {
        let isRight = left >= middle
        if (!isRight && right < high) {
          let answer = c2(fn, from[left], from[right])
          if (answer === S) answer = (yield S)._result
          isRight = +(answer as number) > 0
        }
        to[at] = isRight ? from[right++] : from[left++]
      }
    }
    const held = from
    from = to
    to = held
  }
  return [...from, ...new Array(items.length - length)]
}

function* sorting(list: ArrayLike, fn: unknown): Suspendable<unknown> {
  const length = lengthOf(list)
  // As the engine does, which then does not write either.
  if (length < 2) return list
  const items: unknown[] = []
  for (let index = 0; index < length; index++) if (index in list) items.push(list[index])
  const result = yield* sorted(items, fn)
  for (const [index, item] of result.entries()) list[index] = item
  for (let index = result.length; index < length; index++) if (index in list) delete list[index]
  return list
}

function* sortingCopy(list: ArrayLike, fn: unknown): Suspendable<unknown> {
  const length = lengthOf(list)
  const items: unknown[] = new Array(length)
  for (let index = 0; index < length; index++) items[index] = list[index]
  return yield* sorted(items, fn)
}

for (const [name, steps] of [
  ['sort', sorting],
  ['toSorted', sortingCopy],
] as const)
  install(`Array.prototype.${name}`, Array.prototype, name, (native: AnyFunction) => {
    return function (this: unknown, ...args: unknown[]): Steps {
      const [fn] = args
      if (twinOf(fn) === undefined || this === undefined || this === null)
        return plaitPlainly(native, this, args)
      return steps(Object(this) as ArrayLike, fn)
    }
  })
