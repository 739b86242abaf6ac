import { after, type Suspendable } from './after.ts'
import { S } from './enter.ts'
import { begin, END, methodOf, NATIVE, type Source, start } from './source.ts'
import { drain } from './spread.ts'

/** What items are drawn from for an array pattern, and where the one just drawn stands. */
class Drawer {
  readonly source: Source
  isOver = false
  item: unknown = undefined

  constructor(source: Source) {
    this.source = source
  }
}

const KEY = 'item'

/**
 * What the items of an array pattern are drawn from in a twin; may give S. In code that the colorless transform writes:
 * an object pattern whose keys draw them.
 *
 * @example
 * ```ts
 * // const [a = f(), , b] = xs, but for what is done about S
 * const { [draw(d)]: a = f(), [(draw(d), draw(d))]: b, [shut(d)]: {} } = (d = open(xs))
 * ```
 */
export function open(iterable: unknown): unknown {
  const source = start(iterable, methodOf(iterable))
  return source === S ? after(opening()) : new Drawer(source as Source)
}

function* opening(): Suspendable<Drawer> {
  return new Drawer((yield S)._result as Source)
}

/**
 * Draws one item, undefined if there are no more: gives the key it then stands under, or S. In code that the colorless
 * transform writes; see `open`.
 *
 * @example
 * ```ts
 * const { [draw(d)]: first } = d
 * ```
 */
export function draw(drawer: unknown): unknown {
  const from = drawer as Drawer
  if (from.isOver) return put(from, undefined)
  from.isOver = true
  const item = from.source.take()
  return item === S ? after(drawing(from)) : drawn(from, item)
}

function* drawing(from: Drawer): Suspendable<string> {
  return drawn(from, (yield S)._result)
}

function drawn(from: Drawer, item: unknown): string {
  if (item === END) return put(from, undefined)
  from.isOver = false
  return put(from, item)
}

/**
 * Draws all that is left: gives the key that the list of it then stands under, or S. In code that the colorless
 * transform writes; see `open`.
 *
 * @example
 * ```ts
 * const { [draw(d)]: first, [drawRest(d)]: rest } = d
 * ```
 */
export function drawRest(drawer: unknown): unknown {
  const from = drawer as Drawer
  if (from.isOver) return put(from, [])
  from.isOver = true
  const rest = drain(from.source, [])
  return rest === S ? after(putting(from)) : put(from, rest)
}

/**
 * Closes what has more items than the pattern: gives a key under which there is an object, or S. In code that the colorless
 * transform writes; see `open`.
 *
 * @example
 * ```ts
 * const { [draw(d)]: first, [shut(d)]: {} } = d
 * ```
 */
export function shut(drawer: unknown): unknown {
  const from = drawer as Drawer
  if (from.isOver) return put(from, from)
  from.isOver = true
  // An iterator that nothing was drawn from is open too.
  from.source.isOpen = true
  return from.source.close() === S ? after(shutting(from)) : put(from, from)
}

function* shutting(from: Drawer): Suspendable<string> {
  yield S
  return put(from, from)
}

function* putting(from: Drawer): Suspendable<string> {
  return put(from, (yield S)._result)
}

function put(drawer: Drawer, item: unknown): string {
  drawer.item = item
  return KEY
}

/**
 * The first `count` items, for an array pattern without defaults that call anything: an iterable of the engine's own as
 * it is, of any other a list; may give S. In code that the colorless transform writes.
 *
 * @example
 * ```ts
 * const [a, b] = (r = take(xs, 2)) === S ? (yield S)._result : r
 * ```
 */
export function take(iterable: unknown, count: number): unknown {
  const source = begin(iterable)
  if (source === NATIVE) return iterable
  return source === S ? after(beginning(count)) : taking(source as Source, count, [])
}

function* beginning(count: number): Suspendable<unknown[]> {
  const items = taking((yield S)._result as Source, count, [])
  return (items === S ? (yield S)._result : items) as unknown[]
}

function taking(source: Source, count: number, items: unknown[]): unknown {
  while (items.length < count) {
    const item = source.take()
    if (item === END) return items
    if (item === S) return after(takingOn(source, count, items))
    items.push(item)
  }
  source.isOpen = true
  return source.close() === S ? after(closing(items)) : items
}

function* takingOn(source: Source, count: number, items: unknown[]): Suspendable<unknown> {
  const item = (yield S)._result
  if (item === END) return items
  items.push(item)
  const all = taking(source, count, items)
  return all === S ? (yield S)._result : all
}

function* closing(items: unknown[]): Suspendable<unknown[]> {
  yield S
  return items
}
