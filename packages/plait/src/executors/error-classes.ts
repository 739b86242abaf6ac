import { types } from 'node:util'
import { BrokenBarrierError } from '../errors/broken-barrier-error.ts'
import { CancelledError } from '../errors/cancelled-error.ts'
import { ChannelClosedError } from '../errors/channel-closed-error.ts'
import { DeadlockError } from '../errors/deadlock-error.ts'
import { ExceptionGroup } from '../errors/exception-group.ts'
import { BrokenExecutorError, BrokenWorkerError } from '../errors/executor-errors.ts'
import { GeneratorExit } from '../errors/generator-exit.ts'
import { InvalidStateError } from '../errors/invalid-state-error.ts'
import { MisuseError } from '../errors/misuse-error.ts'
import { QueueEmptyError, QueueFullError, QueueShutDownError } from '../errors/queue-errors.ts'
import { TimeoutError } from '../errors/timeout-error.ts'

// biome-ignore lint/complexity/noBannedTypes: any class, however it is constructed
type AnyClass = Function
type ErrorClass = new () => Error

/** Error classes that both sides know, by a name that is the same on both. */
export interface ErrorHome {
  nameOf(cls: AnyClass): string | undefined
  classOf(name: string): AnyClass | undefined
}

/** The classes of an error down to one that is known everywhere. Plain data. */
export interface Lineage {
  /** The name of the nearest class that is known everywhere. */
  readonly base: string
  /** Those below it, the error's own class first. */
  readonly below: readonly LineageStep[]
}

interface LineageStep {
  readonly name: string
  /** What its prototype says an error's name is, if it does. */
  readonly label: string | undefined
  readonly atHome: string | undefined
}

/** By name, since an error of another realm has other builtins. */
const builtins: ReadonlyMap<string, AnyClass> = new Map(
  [
    ...['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'EvalError', 'URIError'],
    ...['AggregateError', 'SuppressedError', 'DOMException'],
  ].flatMap((name): [string, AnyClass][] => {
    const found = (globalThis as unknown as Record<string, unknown>)[name]
    return typeof found === 'function' ? [[name, found]] : [] // SuppressedError is not everywhere yet.
  }),
)

/** By the name on the prototype: that of a class may have been shortened by a bundler, in one of the two files. */
const own: ReadonlyMap<string, AnyClass> = new Map(
  [
    ...[BrokenBarrierError, BrokenExecutorError, BrokenWorkerError, CancelledError, ChannelClosedError],
    ...[DeadlockError, ExceptionGroup, GeneratorExit, InvalidStateError, MisuseError],
    ...[QueueEmptyError, QueueFullError, QueueShutDownError, TimeoutError],
  ].map(cls => [cls.prototype.name, cls]),
)

const known: ReadonlyMap<string, AnyClass> = new Map([...builtins, ...own])
const nameOfKnown: ReadonlyMap<AnyClass, string> = new Map([...known].map(([name, cls]) => [cls, name]))

/** Whether it is an error: of any realm, or made without its constructor. */
export function isError(value: object): boolean {
  try {
    return types.isNativeError(value) || value instanceof Error
  } catch {
    return false // A Proxy that will not say what it is.
  }
}

/** The classes of an error, read from its prototypes. */
export function lineageOf(error: object, home: ErrorHome | undefined): Lineage {
  const below: LineageStep[] = []
  try {
    const isForeign = !(error instanceof Error)
    for (let at = Object.getPrototypeOf(error); at !== null; at = Object.getPrototypeOf(at)) {
      const cls: unknown = Object.getOwnPropertyDescriptor(at, 'constructor')?.value
      if (typeof cls !== 'function') continue
      const base = nameOfKnown.get(cls)
      if (base !== undefined) return { base, below }
      const name = typeof cls.name === 'string' ? cls.name : ''
      if (isForeign && builtins.has(name)) return { base: name, below }
      const label: unknown = Object.getOwnPropertyDescriptor(at, 'name')?.value
      below.push({
        name,
        label: typeof label === 'string' ? label : undefined,
        atHome: asked(() => home?.nameOf(cls)),
      })
    }
  } catch {
    // Its prototypes cannot be read further.
  }
  return { base: 'Error', below: [] }
}

/**
 * The class here that stands for that lineage: the one of the home, or one made for the name, which extends the nearest
 * class that is known here.
 */
export function classFor({ base, below }: Lineage, home: ErrorHome | undefined): AnyClass {
  let cls: AnyClass | undefined
  let made = 0
  for (; made < below.length && cls === undefined; made += 1) {
    const { atHome } = below[made] as LineageStep
    if (atHome !== undefined) cls = errorClass(asked(() => home?.classOf(atHome)))
  }
  if (cls === undefined) cls = known.get(base) ?? Error
  else made -= 1
  for (const step of below.slice(0, made).reverse()) cls = madeClass(step, cls)
  return cls
}

/** What those classes are extended by, so that all errors of one class have one class here too. */
const madeClasses = new WeakMap<AnyClass, Map<string, AnyClass>>()

function madeClass({ name, label }: LineageStep, parent: AnyClass): AnyClass {
  const children = madeClasses.get(parent) ?? new Map<string, AnyClass>()
  madeClasses.set(parent, children)
  const key = JSON.stringify([name, label])
  const found = children.get(key)
  if (found !== undefined) return found
  const cls = class extends (parent as ErrorClass) {}
  Object.defineProperty(cls, 'name', { value: name, configurable: true })
  if (label !== undefined)
    Object.defineProperty(cls.prototype, 'name', { value: label, writable: true, configurable: true })
  children.set(key, cls)
  return cls
}

function errorClass(found: unknown): AnyClass | undefined {
  return typeof found === 'function' && found.prototype instanceof Error ? found : undefined
}

/** A home is the user's own: what it throws must not take the place of the error that is on its way. */
function asked<T>(ask: () => T): T | undefined {
  try {
    return ask()
  } catch {
    return undefined
  }
}
