import { misuse } from '../errors/misuse-patching.ts'

/*
 * What the runtime tells of itself while it runs: that something is going to be patched, or was, and that a greenlet has kept
 * the loop from running. As in gevent a subscriber is called with every event, and looks at its class.
 */

/** Whoever is told of events. */
export type Subscriber = (event: unknown) => void

/**
 * Whoever is told of every event, in this order.
 *
 * @example
 * ```ts
 * events.subscribers.push(event => console.log(event))
 * ```
 * @see gevent.events.subscribers
 */
export const subscribers: Subscriber[] = []

/**
 * Has a function called with every event, after those that were there before.
 *
 * @throws MisuseError if it is none
 * @example
 * ```ts
 * events.subscribe(event => {
 *   if (event instanceof events.GeventWillPatchModuleEvent && event.moduleName === 'zlib') throw new events.DoNotPatch()
 * })
 * ```
 */
export function subscribe(subscriber: Subscriber): void {
  if (typeof subscriber !== 'function') throw misuse('notASubscriber', subscriber)
  subscribers.push(subscriber)
}

/**
 * Takes the first place away that a function has among the subscribers; false if it had none.
 *
 * @example
 * ```ts
 * events.unsubscribe(tell)
 * ```
 */
export function unsubscribe(subscriber: Subscriber): boolean {
  const index = subscribers.indexOf(subscriber)
  if (index >= 0) subscribers.splice(index, 1)
  return index >= 0
}

/**
 * Tells the subscribers of an event, in their order.
 *
 * @throws what a subscriber throws; those after it are not told
 * @example
 * ```ts
 * events.notify({ kind: 'deployed' })
 * ```
 * @see zope.event.notify
 */
export function notify(event: unknown): void {
  for (const subscriber of [...subscribers]) subscriber(event)
}

/**
 * Thrown by a subscriber that is told of something that is going to be patched: it is left as it is.
 *
 * @example
 * ```ts
 * events.subscribe(event => {
 *   if (event instanceof events.GeventWillPatchAllEvent) throw new events.DoNotPatch()
 * })
 * ```
 * @see gevent.events.DoNotPatch
 */
export class DoNotPatch extends Error {}
DoNotPatch.prototype.name = 'DoNotPatch'

/**
 * What all events of patching are.
 *
 * @example
 * ```ts
 * events.subscribe(event => {
 *   if (event instanceof events.GeventPatchEvent) console.log(event.constructor.name)
 * })
 * ```
 */
export class GeventPatchEvent {}

/**
 * Something is going to be patched, unless a subscriber throws `DoNotPatch`.
 *
 * @example
 * ```ts
 * events.subscribe(event => {
 *   if (event instanceof events.GeventWillPatchEvent) throw new events.DoNotPatch()
 * })
 * ```
 * @see gevent.events.GeventWillPatchEvent
 */
export class GeventWillPatchEvent extends GeventPatchEvent {}

/**
 * Something was patched.
 *
 * @example
 * ```ts
 * events.subscribe(event => {
 *   if (event instanceof events.GeventDidPatchEvent) console.log('patched')
 * })
 * ```
 * @see gevent.events.GeventDidPatchEvent
 */
export class GeventDidPatchEvent extends GeventPatchEvent {}

/**
 * A module is going to be patched.
 *
 * @example
 * ```ts
 * events.subscribe(event => {
 *   if (event instanceof events.GeventWillPatchModuleEvent) console.log(event.moduleName)
 * })
 * ```
 * @see gevent.events.GeventWillPatchModuleEvent
 */
export class GeventWillPatchModuleEvent extends GeventWillPatchEvent {
  /** Its name, as `fs`. */
  readonly moduleName: string
  /** The module. */
  readonly target: object
  /** What in it is going to be patched: whoever takes a name off this list keeps that function as it is. */
  readonly targetItemNames: string[]

  constructor(moduleName: string, target: object, targetItemNames: string[]) {
    super()
    this.moduleName = moduleName
    this.target = target
    this.targetItemNames = targetItemNames
  }
}

/**
 * A module was patched.
 *
 * @example
 * ```ts
 * events.subscribe(event => {
 *   if (event instanceof events.GeventDidPatchModuleEvent) console.log(event.moduleName)
 * })
 * ```
 * @see gevent.events.GeventDidPatchModuleEvent
 */
export class GeventDidPatchModuleEvent extends GeventDidPatchEvent {
  readonly moduleName: string
  readonly target: object

  constructor(moduleName: string, target: object) {
    super()
    this.moduleName = moduleName
    this.target = target
  }
}

/** Which areas `patchAll` patches, by their names. */
export type PatchAllArguments = Readonly<Record<string, boolean>>

/**
 * `patchAll` is going to patch. A subscriber that throws `DoNotPatch` keeps it from patching anything.
 *
 * @example
 * ```ts
 * events.subscribe(event => {
 *   if (event instanceof events.GeventWillPatchAllEvent) console.log(event.willPatchModule('fs'))
 * })
 * ```
 * @see gevent.events.GeventWillPatchAllEvent
 */
export class GeventWillPatchAllEvent extends GeventWillPatchEvent {
  readonly patchAllArguments: PatchAllArguments

  constructor(patchAllArguments: PatchAllArguments) {
    super()
    this.patchAllArguments = { ...patchAllArguments }
  }

  /** Whether an area is going to be patched. */
  willPatchModule(area: string): boolean {
    return this.patchAllArguments[area] === true
  }
}

/**
 * `patchAll` has patched the modules of Node.js: the time to patch others.
 *
 * @example
 * ```ts
 * events.subscribe(event => {
 *   if (event instanceof events.GeventDidPatchBuiltinModulesEvent) patchMine()
 * })
 * ```
 * @see gevent.events.GeventDidPatchBuiltinModulesEvent
 */
export class GeventDidPatchBuiltinModulesEvent extends GeventDidPatchEvent {
  readonly patchAllArguments: PatchAllArguments

  constructor(patchAllArguments: PatchAllArguments) {
    super()
    this.patchAllArguments = { ...patchAllArguments }
  }
}

/**
 * `patchAll` is done.
 *
 * @example
 * ```ts
 * events.subscribe(event => {
 *   if (event instanceof events.GeventDidPatchAllEvent) console.log('ready')
 * })
 * ```
 * @see gevent.events.GeventDidPatchAllEvent
 */
export class GeventDidPatchAllEvent extends GeventDidPatchEvent {
  readonly patchAllArguments: PatchAllArguments

  constructor(patchAllArguments: PatchAllArguments) {
    super()
    this.patchAllArguments = { ...patchAllArguments }
  }
}

/**
 * A greenlet has kept the loop from running.
 *
 * @example
 * ```ts
 * events.subscribe(event => {
 *   if (event instanceof events.EventLoopBlocked) console.log(String(event.greenlet), event.blockingTime)
 * })
 * ```
 * @see gevent.events.EventLoopBlocked
 */
export class EventLoopBlocked {
  /** The one that ran. */
  readonly greenlet: unknown
  /** For how long, in milliseconds. */
  readonly blockingTime: number
  /** What else is known of it, line by line. */
  readonly info: readonly string[]

  constructor(greenlet: unknown, blockingTime: number, info: readonly string[]) {
    this.greenlet = greenlet
    this.blockingTime = blockingTime
    this.info = info
  }
}
