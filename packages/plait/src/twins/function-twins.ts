import { recordOf, type Steps, twinOf } from '../coroutine/twin.ts'
import type { Suspendable } from './after.ts'
import { construct } from './construct.ts'
import { S } from './enter.ts'
import { install, plaitPlainly } from './install.ts'
import { isConstructor } from './is-constructor.ts'

/*
 * What calls another function: its steps are those of that function.
 */

install('Function.prototype.call', Function.prototype, 'call', native => {
  return function (this: unknown, self: unknown, ...args: unknown[]): Steps {
    const twin = twinOf(this)
    return twin === undefined ? plaitPlainly(native, this, [self, ...args]) : Reflect.apply(twin, self, args)
  }
})

install('Function.prototype.apply', Function.prototype, 'apply', native => {
  return function (this: unknown, self: unknown, args: readonly unknown[] | null | undefined): Steps {
    const twin = twinOf(this)
    return twin === undefined
      ? plaitPlainly(native, this, [self, args])
      : Reflect.apply(twin, self, args ?? [])
  }
})

install('Reflect.apply', Reflect, 'apply', native => {
  return function (this: unknown, fn: unknown, self: unknown, args: readonly unknown[]): Steps {
    const twin = twinOf(fn)
    return twin === undefined ? plaitPlainly(native, this, [fn, self, args]) : Reflect.apply(twin, self, args)
  }
})

install('Reflect.construct', Reflect, 'construct', native => {
  return function (this: unknown, ...all: unknown[]): Steps {
    const [F, args, newTarget = F] = all
    const record = recordOf(F)
    if (record === undefined || !isConstructor(F)) return plaitPlainly(native, this, all)
    if (newTarget !== F && !isConstructor(newTarget)) return plaitPlainly(native, this, all)
    return constructing(F, Reflect.apply(listOf, undefined, args as unknown[]), newTarget)
  }
})

function listOf(...args: unknown[]): unknown[] {
  return args
}

function* constructing(F: unknown, args: readonly unknown[], newTarget: unknown): Suspendable<unknown> {
  const object = construct(F, args, newTarget)
  return object === S ? (yield S)._result : object
}
