import { type AnyFunction, give, recordOf } from '../../coroutine/twin.ts'
import { misuse } from '../../errors/misuse-patching.ts'
import { cooperative, type Form } from './cooperative.ts'
import { findModule, plainName, seatOf, valueAt } from './module-names.ts'

/*
 * What was patched. Nothing is replaced: a function that is patched is the same as before, and has a twin. So whoever holds
 * it from before, a module that imported it for one, has it patched as well.
 */

/** The functions that were given a twin here, and what each does where it may not wait. */
const originals = new WeakMap<AnyFunction, AnyFunction | undefined>()

/** Those, by module and name: what was asked for once counts as patched, even if something else is in its place by now. */
const saved = new Map<string, Set<string>>()

/** Gives one function of a module its twin; nothing if it has it. */
export function patchItem(moduleName: string, itemName: string, fn: AnyFunction, form: Form): void {
  remember(moduleName, itemName)
  if (originals.has(fn)) return
  give(fn, cooperative(fn, `${moduleName}.${itemName}`, form))
  originals.set(fn, undefined)
}

function remember(moduleName: string, itemName: string): void {
  const names = saved.get(moduleName) ?? new Set()
  saved.set(moduleName, names.add(itemName))
}

/** Whether a function was given a twin here. */
export function isPatched(fn: unknown): boolean {
  return typeof fn === 'function' && originals.has(fn as AnyFunction)
}

/** Whether a function waits by itself, in transformed code. */
export function hasOwnTwin(fn: AnyFunction): boolean {
  return recordOf(fn)?.gen !== undefined && !originals.has(fn)
}

/**
 * Whether anything of a module was patched.
 *
 * @param moduleName with or without `node:`; `Atomics` for that
 * @example
 * ```ts
 * monkey.isModulePatched('fs') // true, after patchFs()
 * ```
 * @see gevent.monkey.is_module_patched
 */
export function isModulePatched(moduleName: string): boolean {
  return saved.has(plainName(moduleName))
}

/**
 * Whether what a module has by this name waits in a greenlet: it was patched, and nobody has put another in its place since.
 *
 * @param itemName of a function inside another as `realpathSync.native`
 * @example
 * ```ts
 * monkey.isObjectPatched('fs', 'readFileSync') // true, after patchFs()
 * ```
 * @see gevent.monkey.is_object_patched
 */
export function isObjectPatched(moduleName: string, itemName: string): boolean {
  if (saved.get(plainName(moduleName))?.has(itemName) !== true) return false
  const module = findModule(moduleName)
  const seat = module && seatOf(module, itemName)
  return seat !== undefined && isPatched(valueAt(seat))
}

/**
 * What a module has by this name, as it was before it was patched: a function that blocks, in a greenlet too. What was not
 * patched is given as it is. Asked again, it gives the same.
 *
 * @param moduleName with or without `node:`; of several names the first that there is
 * @throws MisuseError if there is no such module, or nothing of the name in it
 * @example
 * ```ts
 * const readNow = monkey.getOriginal<typeof readFileSync>('fs', 'readFileSync')
 * ```
 * @see gevent.monkey.get_original
 */
export function getOriginal<T = AnyFunction>(moduleName: string | readonly string[], itemName: string): T
export function getOriginal(
  moduleName: string | readonly string[],
  itemNames: readonly string[],
): readonly unknown[]
export function getOriginal(
  moduleName: string | readonly string[],
  items: string | readonly string[],
): unknown {
  const names: readonly unknown[] = Array.isArray(moduleName) ? moduleName : [moduleName]
  const name = names.find((one): one is string => typeof one === 'string' && findModule(one) !== undefined)
  if (name === undefined) throw misuse('unknownModule', names.length === 1 ? names[0] : moduleName)
  const module = findModule(name) as object
  const originalOf = (item: string): unknown => {
    const seat = typeof item === 'string' ? seatOf(module, item) : undefined
    if (seat === undefined) throw misuse('unknownItem', name, item)
    return blocking(valueAt(seat))
  }
  return typeof items === 'string' ? originalOf(items) : items.map(originalOf)
}

/** A function without a twin that does what a patched one does by itself. */
function blocking(value: unknown): unknown {
  if (!isPatched(value)) return value
  const patched = value as AnyFunction
  let original = originals.get(patched)
  if (original === undefined) {
    original = function (this: unknown, ...args: never[]): unknown {
      return Reflect.apply(patched, this, args)
    }
    for (const key of ['name', 'length']) {
      Object.defineProperty(original, key, { value: patched[key as 'name'], configurable: true })
    }
    for (const key of Object.keys(patched)) {
      Object.defineProperty(original, key, { value: blocking((patched as never)[key]), configurable: true })
    }
    originals.set(patched, original)
  }
  return original
}
