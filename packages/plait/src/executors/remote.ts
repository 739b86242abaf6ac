import { misuse } from '../errors/misuse-executors.ts'
import type { Reference } from './reference.ts'

type Declared = Extract<Reference, { kind: 'remote' | 'export' }>

/** What stands in a module under remote(…): functions that are run elsewhere, and error classes that come back. */
const references = new WeakMap<object, Declared>()
/** By address and name: more than one of a name where a bundler has put modules together. */
const declared = new Map<string, object[]>()

/**
 * Declares a function as one that executors can run: a worker finds it by its module and its name. It stays the function
 * that it was; call it here as ever. Any color will do: a generator or coroutine function runs as a task on the worker's
 * loop.
 *
 * Declared so, a subclass of Error keeps its class when it is thrown in a worker.
 *
 * Stands at the top level of its module, which workers load: whatever else that module does when it is loaded, it does in
 * each of them (see `isWorker`).
 *
 * @example
 * ```ts
 * export const hash = remote(import.meta.url, function hash(data: Uint8Array) {
 *   return createHash('sha256').update(data).digest('hex')
 * })
 * const digest = await pool.submit(hash, data)
 * ```
 */
// biome-ignore lint/complexity/noBannedTypes: any function or class will do
export function remote<F extends Function>(url: string, what: F): F {
  if (typeof url !== 'string' || !URL.canParse(url)) throw misuse('remoteNeedsUrl', url)
  if (typeof what !== 'function') throw misuse('remoteNeedsFunction', what)
  // A class may have a static `name` of its own.
  const name = typeof what.name === 'string' ? what.name : ''
  const key = keyOf(url, name)
  const namesakes = declared.get(key) ?? []
  const looks = name === '' ? looksOf(what) : undefined
  references.set(what, { kind: 'remote', url, name, nth: namesakes.length, looks })
  declared.set(key, [...namesakes, what])
  return what
}

/**
 * The functions of a module, for executors alone: the module is loaded in workers and not here.
 *
 * @example
 * ```ts
 * const { resize } = remoteModule<typeof import('./images.ts')>(import.meta.resolve('./images.ts'))
 * const small = await pool.submit(resize, picture, 320)
 * ```
 */
export function remoteModule<M extends object>(url: string | URL): M {
  const address = url instanceof URL ? url.href : url
  if (typeof address !== 'string' || !URL.canParse(address)) throw misuse('notAModuleUrl', url)
  const stubs = new Map<string, object>()
  const stubOf = (name: string): object => {
    const known = stubs.get(name)
    if (known !== undefined) return known
    const stub = (): never => {
      throw misuse('notLoadedHere', name, address)
    }
    Object.defineProperty(stub, 'name', { value: name })
    references.set(stub, { kind: 'export', url: address, name })
    stubs.set(name, stub)
    return stub
  }
  return new Proxy(Object.create(null) as M, {
    // Awaited or given to a promise, a module is asked for its `then`: it has none.
    get: (_module, name) => (typeof name === 'string' && name !== 'then' ? stubOf(name) : undefined),
  })
}

/** How a function that was declared is found elsewhere; undefined for one that was not. */
export function referenceOf(what: object): Declared | undefined {
  return references.get(what)
}

/** What was declared here so. */
export function findDeclared(url: string, name: string, nth: number): object | undefined {
  return declared.get(keyOf(url, name))?.[nth]
}

/** What a function without a name is known by, beside its place. */
export function looksOf(what: object): string {
  return Function.prototype.toString.call(what)
}

function keyOf(url: string, name: string): string {
  return `${url}\0${name}`
}

/** Error classes that were declared, by a name that is the same on both sides. */
export const declaredClasses = {
  // biome-ignore lint/complexity/noBannedTypes: any class
  nameOf(cls: Function): string | undefined {
    const found = references.get(cls)
    return found?.kind === 'remote' ? `${found.nth}\0${keyOf(found.url, found.name)}` : undefined
  },
  // biome-ignore lint/complexity/noBannedTypes: any class
  classOf(name: string): Function | undefined {
    const [nth = '0', url = '', called = ''] = name.split('\0')
    return findDeclared(url, called, Number(nth)) as ReturnType<typeof Object> | undefined
  },
}
