import type { Suspendable } from './after.ts'
import { type ArrayLike, lengthOf, newList, put, type Result, speciesOf } from './array-like.ts'
import { m3, m4, S } from './enter.ts'
import { install, withCallback } from './install.ts'

const { isArray } = Array

function* mapping(self: object, fn: unknown, [, thisArg]: readonly unknown[]): Suspendable<unknown> {
  const source = self as ArrayLike
  const length = lengthOf(source)
  const species = speciesOf(source)
  let list = newList(species, length)
  if (list === S) list = (yield S)._result
  const result: Result = { list: list as ArrayLike, isOwn: species === undefined }
  for (let index = 0; index < length; index++) {
    if (!(index in source)) continue
    let item = m3(thisArg, fn, source[index], index, source)
    if (item === S) item = (yield S)._result
    put(result, index, item)
  }
  return list
}

function* filtering(self: object, fn: unknown, [, thisArg]: readonly unknown[]): Suspendable<unknown> {
  const source = self as ArrayLike
  const length = lengthOf(source)
  const species = speciesOf(source)
  let list = newList(species, 0)
  if (list === S) list = (yield S)._result
  const result: Result = { list: list as ArrayLike, isOwn: species === undefined }
  let count = 0
  for (let index = 0; index < length; index++) {
    if (!(index in source)) continue
    const item = source[index]
    let isKept = m3(thisArg, fn, item, index, source)
    if (isKept === S) isKept = (yield S)._result
    if (isKept) put(result, count++, item)
  }
  return list
}

function* flatMapping(self: object, fn: unknown, [, thisArg]: readonly unknown[]): Suspendable<unknown> {
  const source = self as ArrayLike
  const length = lengthOf(source)
  const species = speciesOf(source)
  let list = newList(species, 0)
  if (list === S) list = (yield S)._result
  const result: Result = { list: list as ArrayLike, isOwn: species === undefined }
  let count = 0
  for (let index = 0; index < length; index++) {
    if (!(index in source)) continue
    let item = m3(thisArg, fn, source[index], index, source)
    if (item === S) item = (yield S)._result
    if (!isArray(item)) {
      put(result, count++, item)
      continue
    }
    const inner = lengthOf(item as unknown as ArrayLike)
    for (let n = 0; n < inner; n++) if (n in item) put(result, count++, item[n])
  }
  return list
}

function reducing(isBackward: boolean) {
  return function* (self: object, fn: unknown, args: readonly unknown[]): Suspendable<unknown> {
    const list = self as ArrayLike
    const length = lengthOf(list)
    let hasValue = args.length > 1
    let value = args[1]
    for (let n = 0; n < length; n++) {
      const index = isBackward ? length - 1 - n : n
      if (!(index in list)) continue
      if (!hasValue) {
        hasValue = true
        value = list[index]
        continue
      }
      value = m4(undefined, fn, value, list[index], index, list)
      if (value === S) value = (yield S)._result
    }
    if (hasValue) return value
    throw new TypeError('Reduce of empty array with no initial value')
  }
}

for (const [name, steps] of [
  ['map', mapping],
  ['filter', filtering],
  ['flatMap', flatMapping],
  ['reduce', reducing(false)],
  ['reduceRight', reducing(true)],
] as const)
  install(`Array.prototype.${name}`, Array.prototype, name, withCallback(steps))
