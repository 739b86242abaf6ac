import { misuse } from '../errors/misuse-bridges.ts'
import { show } from '../errors/show.ts'

export type EventName = string | symbol

/** Node's EventEmitter, or whatever has its methods. */
export interface EmitterLike {
  on(name: EventName, listener: (...args: unknown[]) => void): unknown
  off(name: EventName, listener: (...args: unknown[]) => void): unknown
}

/** A web EventTarget. */
export interface TargetLike {
  addEventListener(name: string, listener: (event: unknown) => void): void
  removeEventListener(name: string, listener: (event: unknown) => void): void
}

/** What an event brings: an emitter's arguments, or a target's Event. */
export type Hear = (brought: unknown) => void

function isEmitter(target: unknown): target is EmitterLike {
  const { on, off } = (target ?? {}) as Partial<EmitterLike>
  return typeof on === 'function' && typeof off === 'function'
}

/** Refuses what has no events, and what is no name of one. */
export function checkEvents(what: string, target: unknown, names: readonly unknown[]): void {
  const { addEventListener } = (target ?? {}) as Partial<TargetLike>
  if (!isEmitter(target) && typeof addEventListener !== 'function') throw misuse('notAnEmitter', what, target)
  for (const name of names)
    if (typeof name !== 'string' && typeof name !== 'symbol') throw misuse('badEventName', what, name)
}

/** Who hears what, by the name of the event. */
type Ears = Map<EventName, Hear>

/** Listens to several events at once, and to a signal; gives what takes every listener away again. */
export function listen(
  target: EmitterLike | TargetLike,
  ears: Ears,
  signal?: AbortSignal | undefined,
  onAbort: () => void = () => {},
): () => void {
  const undos = [...ears].map(([name, hear]) => {
    if (isEmitter(target)) {
      const listener = (...args: unknown[]): void => hear(args)
      target.on(name, listener)
      return () => void target.off(name, listener)
    }
    target.addEventListener(name as string, hear)
    return () => target.removeEventListener(name as string, hear)
  })
  signal?.addEventListener('abort', onAbort)
  return () => {
    for (const undo of undos) undo()
    signal?.removeEventListener('abort', onAbort)
  }
}

/** Where an emitter tells of an error, it is heard; a target's 'error' is an event like others. */
export function earsFor(target: EmitterLike | TargetLike, onError: (error: unknown) => void): Ears {
  return new Map(isEmitter(target) ? [['error', args => onError((args as unknown[])[0])]] : [])
}

/** What somebody who listens waits for, in a report. */
export function describeEvent(target: unknown, name: EventName): string {
  return `the event ${typeof name === 'string' ? `"${name}"` : String(name)} of ${show(target)}`
}
