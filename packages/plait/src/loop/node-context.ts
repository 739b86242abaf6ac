import type * as hooks from 'node:async_hooks'
import { nodeModule } from '../coroutine/node-module.ts'
import type { HostScope } from '../coroutine/surroundings.ts'
import type { AsyncContext } from './host.ts'

type Hooks = Pick<typeof hooks, 'AsyncLocalStorage' | 'AsyncResource'>
/** A part of a task, as far as contexts go. */
interface Owner {
  readonly _loop: object
}

/**
 * On a frame: the same context without its owner. Not in a WeakMap beside it, of which a frame for each async function would
 * make the collector's work (13 µs a task where thousands come and go).
 */
const WITHOUT_OWNER = Symbol('without owner')
type Marked = { [WITHOUT_OWNER]?: Resource }

type Resource = hooks.AsyncResource & Record<symbol, unknown>

/**
 * The context of Node. An AsyncResource is the cheap way to hold one (26 ns to take, 14 to enter; a snapshot costs
 * 2,300). From Node 24 on a context is one frame object, and two places have the same context if they have the same
 * frame. Before, each storage that is in use keeps an entry of its own on the resource, and the entries are compared.
 */
export function nodeContext(): AsyncContext | undefined {
  const found = nodeModule<Hooks>('node:async_hooks')
  if (found === undefined) return undefined
  const { AsyncLocalStorage, AsyncResource } = found
  const take = (): Resource => new AsyncResource('Plait') as Resource
  const plain = symbols(take())
  /** A storage's run leaves a frame of its own behind: this puts back the one before. */
  const alone = <R>(fn: () => R): R => take().runInAsyncScope(fn)
  // A storage is run to find the frames where there are any: elsewhere that would make every promise dearer.
  const probe = (): symbol | undefined => symbols(new AsyncLocalStorage().run(0, take)).find(isFrame)
  const frameKey = hasFrames() ? alone(probe) : undefined
  const same = frameKey !== undefined ? sameFrame(frameKey) : sameEntries(new Set(plain))

  // Made when the first program runs: on Node 22 any storage in use makes every promise dearer.
  let storage: hooks.AsyncLocalStorage<unknown> | undefined

  /** The same context as that of the loop its owner is on; one resource for each frame. */
  function disown(own: hooks.AsyncLocalStorage<unknown>, here: Resource, owner: Owner): Resource {
    const frame = frameKey === undefined ? undefined : here[frameKey]
    const outside = (): Resource => alone(() => own.run(owner._loop, take))
    if (typeof frame !== 'object' || frame === null) return outside()
    const marked = frame as Marked
    marked[WITHOUT_OWNER] ??= outside()
    return marked[WITHOUT_OWNER]
  }

  return {
    capture(base: HostScope): HostScope {
      const here = take()
      if (same(here, base as Resource)) return base
      const owner = storage?.getStore() as Partial<Owner> | undefined
      // A loop is no owner to be rid of: it stays with what is made on it.
      if (storage === undefined || owner?._loop === undefined) return here
      const own = disown(storage, here, owner as Owner)
      return same(own, base as Resource) ? base : own
    },
    ground: ground => {
      storage ??= new AsyncLocalStorage<unknown>()
      const own = storage
      return alone(() => own.run(ground, take)) as HostScope
    },
    owner: () => storage?.getStore(),
    runAs: (owner, fn) => {
      const own = storage ?? new AsyncLocalStorage<unknown>()
      storage = own
      const outer = take()
      return outer.runInAsyncScope(() =>
        own.run(owner, () => {
          // Where a task made in here is to be compared with: the place outside, which may well be the loop's own.
          if (frameKey !== undefined) (take()[frameKey] as Marked)[WITHOUT_OWNER] = outer
          return fn()
        }),
      )
    },
  }
}

/** The context of wherever this file was loaded: what belongs to nobody in particular. */
export function hereScope(): HostScope {
  const found = nodeModule<Hooks>('node:async_hooks')
  if (found !== undefined) return new found.AsyncResource('Plait') as HostScope
  return { runInAsyncScope: (fn, _thisArg, argument) => fn(argument) }
}

function hasFrames(): boolean {
  const major = Number(process.versions.node.split('.')[0])
  const flags = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? '').split(' ')]
  if (major >= 24) return !flags.includes('--no-async-context-frame')
  return flags.includes('--experimental-async-context-frame')
}

function isFrame(key: symbol): boolean {
  return key.description === 'context_frame'
}

type Comparison = (a: Resource, b: Resource) => boolean

function sameFrame(frameKey: symbol): Comparison {
  return (a, b) => a[frameKey] === b[frameKey]
}

function sameEntries(plain: ReadonlySet<symbol>): Comparison {
  return (a, b) => {
    for (const key of [...symbols(a), ...symbols(b)]) if (!plain.has(key) && a[key] !== b[key]) return false
    return true
  }
}

function symbols(resource: object): symbol[] {
  return Object.getOwnPropertySymbols(resource)
}
