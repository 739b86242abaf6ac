import { type AnyFunction, type Steps, twinOf } from '../coroutine/twin.ts'
import type { Suspendable } from './after.ts'
import { type ArrayLike, lengthOf, put, type Result } from './array-like.ts'
import { make } from './construct.ts'
import { m2, S } from './enter.ts'
import { install, plaitPlainly } from './install.ts'
import { isConstructor } from './is-constructor.ts'
import { END, isNative, type Source, start } from './source.ts'

/*
 * Array.from: of an iterable, each item of which may take its time, or of what is like an array; a callback may too.
 */

/** What makes the list of the results, with nothing or with its length. */
function* listFor(C: unknown, args: readonly unknown[]): Suspendable<Result> {
  if (C === Array || !isConstructor(C)) return { list: [...(args as [])] as never, isOwn: true }
  let list = make(C, args)
  if (list === S) list = (yield S)._result
  return { list: list as ArrayLike, isOwn: false }
}

function* fromIterable(
  C: unknown,
  iterable: unknown,
  method: unknown,
  fn: unknown,
  thisArg: unknown,
): Suspendable<unknown> {
  const result = yield* listFor(C, [])
  let started = start(iterable, method)
  if (started === S) started = (yield S)._result
  const source = started as Source
  for (let index = 0; ; index++) {
    let item = source.take()
    if (item === S) item = (yield S)._result
    if (item === END) {
      setLength(result.list, index)
      return result.list
    }
    try {
      if (fn !== undefined) {
        item = m2(thisArg, fn, item, index)
        if (item === S) item = (yield S)._result
      }
      put(result, index, item)
    } catch (error) {
      // The error is what counts, whatever comes of closing the iterator.
      try {
        if (source.close() === S) yield S
      } catch {}
      throw error
    }
  }
}

function* fromArrayLike(C: unknown, given: unknown, fn: unknown, thisArg: unknown): Suspendable<unknown> {
  const source = Object(given) as ArrayLike
  const length = lengthOf(source)
  const result = yield* listFor(C, [length])
  for (let index = 0; index < length; index++) {
    let item = m2(thisArg, fn, source[index], index)
    if (item === S) item = (yield S)._result
    put(result, index, item)
  }
  setLength(result.list, length)
  return result.list
}

function setLength(list: ArrayLike, length: number): void {
  list.length = length
}

function twinOfFrom(native: AnyFunction) {
  return function (this: unknown, ...args: unknown[]): Steps {
    const [items, fn, thisArg] = args
    const isCallable = fn === undefined || typeof fn === 'function'
    if (items === undefined || items === null || !isCallable) return plaitPlainly(native, this, args)
    const { [Symbol.iterator]: method } = items as { readonly [Symbol.iterator]?: unknown }
    const isSimple = twinOf(fn) === undefined
    if (method === undefined || method === null)
      return isSimple ? plaitPlainly(native, this, args) : fromArrayLike(this, items, fn, thisArg)
    if (typeof method !== 'function' || (isSimple && isNative(items, method)))
      return plaitPlainly(native, this, args)
    return fromIterable(this, items, method, fn, thisArg)
  }
}

install('Array.from', Array, 'from', twinOfFrom)
