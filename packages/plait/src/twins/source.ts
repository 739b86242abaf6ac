import { after, type Suspendable } from './after.ts'
import { e, m0, S } from './enter.ts'
import { type Inner, innerGenerator, natives, Step } from './inner-generator.ts'
import { isObject } from './is-object.ts'
import { callSite } from './not-a-function.ts'

/*
 * What is iterated in a twin. The engine's own iterables are left to the engine; of any other the steps are taken here,
 * by the calls of twins, so that a switch may be underneath its `[Symbol.iterator]` and its `next`.
 */

/** There are no more items. */
export const END: unknown = Object.freeze({ end: true })

/** What `begin` gives for an iterable that the engine may iterate by itself. */
export const NATIVE: unique symbol = Symbol('native')

type Method = (this: unknown) => unknown
interface Next {
  readonly next: unknown
}

/** What all the engine's iterators have for `[Symbol.iterator]`: it gives the iterator itself. */
const itself: unknown = ([].values() as Iterable<unknown>)[Symbol.iterator]
const arrayValues: unknown = Array.prototype.values
const arrayIterator = Object.getPrototypeOf([].values()) as Next
const arrayNext: unknown = arrayIterator.next

/** The engine's methods that give iterators, with what those have for a prototype. */
const makers = new Map<unknown, { readonly iterator: Next; readonly next: unknown }>()
/** The `next` of the engine's iterators. */
const nexts = new Set<unknown>()

const bytes = Object.getPrototypeOf(Uint8Array.prototype) as Uint8Array
for (const [maker, sample] of [
  [bytes.values, [].values()],
  [Map.prototype.entries, new Map().entries()],
  [Set.prototype.values, new Set().values()],
  [String.prototype[Symbol.iterator], ''[Symbol.iterator]()],
] as const) {
  const iterator = Object.getPrototypeOf(sample) as Next
  makers.set(maker, { iterator, next: iterator.next })
  nexts.add(iterator.next)
}
for (const iterator of [''.matchAll(/./g), (function* () {})()]) nexts.add(iterator.next)

/** An iterator whose steps are taken here. */
export class Source {
  readonly iterator: unknown
  readonly next: unknown
  /** It has given an item and may give more: whoever leaves it now has to close it. */
  isOpen = false
  /** Of a generator of transformed code: its steps need not be looked for. */
  readonly #inner: Inner | undefined

  constructor(iterator: unknown, next: unknown) {
    this.iterator = iterator
    this.next = next
    this.#inner = next === natives.next ? innerGenerator(iterator) : undefined
  }

  /** The next item, END, or S. */
  take(): unknown {
    this.isOpen = false
    const inner = this.#inner
    const result =
      inner === undefined
        ? m0(this.iterator, this.next)
        : e(new Step(inner, natives.next, undefined), this.next)
    return result === S ? after(this.#taking()) : this.#item(result)
  }

  *#taking(): Suspendable<unknown> {
    return this.#item((yield S)._result)
  }

  #item(result: unknown): unknown {
    const step = checkResult(result) as IteratorResult<unknown>
    if (step.done) return END
    const { value } = step
    this.isOpen = true
    return value
  }

  /** Calls the iterator's `return`, if it is open and has one; gives undefined or S. */
  close(): unknown {
    if (!this.isOpen) return undefined
    this.isOpen = false
    const method: unknown = (this.iterator as Iterator<unknown>).return
    if (method === undefined || method === null) return undefined
    const result = m0(this.iterator, method)
    if (result === S) return after(closing())
    checkResult(result)
    return undefined
  }
}

function* closing(): Suspendable<undefined> {
  checkResult((yield S)._result)
}

export function checkResult(result: unknown): object {
  if (!isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`)
  return result
}

/** NATIVE for what the engine may iterate; otherwise a Source, or S. */
export function begin(iterable: unknown): unknown {
  const method = methodOf(iterable)
  return isNative(iterable, method) ? NATIVE : start(iterable, method)
}

/** Whether an iterable with this method for `[Symbol.iterator]` is one of the engine's own. */
export function isNative(iterable: unknown, method: unknown): boolean {
  if (method === arrayValues) return arrayIterator.next === arrayNext
  // An iterator of the engine's own, but for generators of transformed code.
  if (method === itself) return nexts.has((iterable as Next).next) && innerGenerator(iterable) === undefined
  const maker = makers.get(method)
  return maker !== undefined && maker.iterator.next === maker.next
}

/** A Source of an iterable with this method, whosever it is; or S. */
export function start(iterable: unknown, method: unknown): unknown {
  if (typeof method !== 'function') throw notIterable(iterable)
  const iterator = m0(iterable, method)
  return iterator === S ? after(starting()) : sourceOf(iterator)
}

/** The method that gives the iterator. */
export function methodOf(iterable: unknown): unknown {
  if (iterable === undefined || iterable === null) throw notIterable(iterable)
  return (iterable as { [Symbol.iterator]?: Method })[Symbol.iterator]
}

function* starting(): Suspendable<Source> {
  return sourceOf((yield S)._result)
}

function sourceOf(iterator: unknown): Source {
  if (!isObject(iterator)) throw new TypeError('Result of the Symbol.iterator method is not an object')
  return new Source(iterator, (iterator as Next).next)
}

function notIterable(value: unknown): TypeError {
  return new TypeError(`${callSite(value)} is not iterable (cannot read property Symbol(Symbol.iterator))`)
}
