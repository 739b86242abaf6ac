import { misuse } from '../errors/misuse-gevent.ts'
import type { Hub } from './hub.ts'
import { RawGreenlet } from './raw-greenlet.ts'
import { resumeNow } from './throw-into.ts'

/** What a link is told of: something that has ended, or happened. */
export interface Source {
  successful?(): boolean
}

/** Told of the end as a link, though it is no function: an AsyncResult. */
export interface LinkTarget {
  /** @internal */
  _linked(source: never): void
}

/** What is called with the source of a link: a function, or an AsyncResult. */
export type Link<S> = ((source: S) => unknown) | LinkTarget

/** The links of something, in the order they were made. */
export interface LinkEntry {
  /** What it was linked as, and is unlinked by. */
  readonly target: unknown
  call(source: never): void
}

/** Called in the hub as it is. */
export function rawLink<S>(target: Link<S>): LinkEntry {
  if (typeof target === 'function') return { target, call: target as (source: never) => void }
  if (typeof target?._linked !== 'function') throw misuse('linkNotCallable', target)
  return { target, call: source => target._linked(source) }
}

/** Called in a greenlet of its own, where it may wait; begun at once. `when`: only if the source succeeded, or only if not. */
export function spawnedLink<S>(target: Link<S>, hub: Hub, when?: 'value' | 'exception'): LinkEntry {
  const { call } = rawLink(target)
  return {
    target,
    call: source => {
      const isSuccess = (source as Source).successful?.() === true
      if (when !== undefined && isSuccess !== (when === 'value')) return
      resumeNow(new RawGreenlet(typeof target === 'function' ? target : call, [source], hub))
    },
  }
}

/** Takes the first link to this out of a list. */
export function unlinkFrom(links: LinkEntry[], target: unknown): void {
  const index = links.findIndex(link => link.target === target)
  if (index >= 0) links.splice(index, 1)
}
