import { recordOf, type Steps, twinOf } from '../coroutine/twin.ts'
import { twinnedGetter, twinnedSetter } from './accessors.ts'
import type { Suspendable } from './after.ts'
import { bind } from './bind.ts'
import { construct } from './construct.ts'
import { m0, m1, S } from './enter.ts'
import { Finished } from './finished.ts'
import { install, plaitPlainly } from './install.ts'
import { isConstructor } from './is-constructor.ts'
import { isObject } from './is-object.ts'

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

/** Of any other key a name would have to be made, and is to be made once. */
function isKey(value: unknown): value is PropertyKey {
  return typeof value === 'string' || typeof value === 'symbol' || typeof value === 'number'
}

install('Reflect.get', Reflect, 'get', native => {
  return function (this: unknown, ...args: unknown[]): Steps {
    const [o, key] = args
    const getter = isObject(o) && isKey(key) ? twinnedGetter(o, key) : undefined
    return getter === undefined
      ? plaitPlainly(native, this, args)
      : getting(args.length > 2 ? args[2] : o, getter)
  }
})

install('Reflect.set', Reflect, 'set', native => {
  return function (this: unknown, ...args: unknown[]): Steps {
    const [o, key, value] = args
    const setter = isObject(o) && isKey(key) ? twinnedSetter(o, key) : undefined
    return setter === undefined
      ? plaitPlainly(native, this, args)
      : setting(args.length > 3 ? args[3] : o, setter, value)
  }
})

function* getting(self: unknown, getter: unknown): Suspendable<unknown> {
  const value = m0(self, getter)
  return value === S ? (yield S)._result : value
}

function* setting(self: unknown, setter: unknown, value: unknown): Suspendable<boolean> {
  if (m1(self, setter, value) === S) yield S
  return true
}

install('Function.prototype.bind', Function.prototype, 'bind', native => {
  return function (this: unknown, ...args: unknown[]): Steps {
    return new Finished(bind(this, native, args))
  }
})
