import { after, type Suspendable } from './after.ts'
import { S } from './enter.ts'
import { begin, END, NATIVE, type Source } from './source.ts'

/**
 * What `...iterable` spreads in a twin: an iterable of the engine's own as it is, of any other the list of its items. May
 * give S. In code that the colorless transform writes.
 *
 * @example
 * ```ts
 * const list = [...((r = spread(xs)) === S ? (yield S)._result : r)]
 * ```
 */
export function spread(iterable: unknown): unknown {
  const source = begin(iterable)
  if (source === NATIVE) return iterable
  return source === S ? after(beginning([])) : drain(source as Source, [])
}

function* beginning(items: unknown[]): Suspendable<unknown[]> {
  return yield* draining((yield S)._result as Source, items)
}

/** Puts all that is left of a source into a list, and gives the list, or S. */
export function drain(source: Source, items: unknown[]): unknown {
  for (;;) {
    const item = source.take()
    if (item === END) return items
    if (item === S) return after(drainingOn(source, items))
    items.push(item)
  }
}

function* drainingOn(source: Source, items: unknown[]): Suspendable<unknown[]> {
  const item = (yield S)._result
  if (item === END) return items
  items.push(item)
  return yield* draining(source, items)
}

function* draining(source: Source, items: unknown[]): Suspendable<unknown[]> {
  for (;;) {
    let item = source.take()
    if (item === S) item = (yield S)._result
    if (item === END) return items
    items.push(item)
  }
}
