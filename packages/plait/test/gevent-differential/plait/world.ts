import {
  type AsyncResult,
  type Greenlet,
  getcurrent,
  getHub,
  type RawGreenlet,
  type Timeout,
} from '../../../src/gevent.ts'
import { getEventLoop } from '../../../src/index.ts'
import { limits, type Program, type TraceEvent } from '../program.ts'
import { runBlock } from './blocks.ts'
import { Describer } from './describing.ts'
import { SharedThings } from './shared-things.ts'

/** A running activation of a function. */
export interface Frame {
  readonly label: string
  readonly argument: number | null
}

type LinkTarget = (source: Greenlet<unknown>) => void

/** One program under way. What it holds are plain functions, so that what waits in them suspends real stacks. */
export class World {
  readonly program: Program
  readonly trace: TraceEvent[] = []
  readonly describer = new Describer()
  readonly things: SharedThings = new SharedThings(this)
  readonly slots: (Greenlet<unknown> | undefined)[] = Array.from({ length: limits.slots })
  readonly timeouts: (Timeout | undefined)[] = Array.from({ length: limits.scopes })
  raw: RawGreenlet | undefined
  readonly raws = new Set<unknown>()
  ended = false
  readonly #known: Greenlet<unknown>[] = []
  readonly #targets = new Map<number, LinkTarget>()
  readonly #callbacks = new Map<number, (source?: unknown) => void>()
  #made = 0

  constructor(program: Program) {
    this.program = program
  }

  /** The main body in the main greenlet; at its end the trace ends, with those that have not. */
  main(): void {
    const hub = getHub()
    this.describer.know(getcurrent(), 'main')
    this.describer.know(hub, 'hub')
    hub.handleError = (context, error) => {
      if (hub.notErrors.some(kind => error instanceof kind)) return
      // On the other side the context of a raw greenlet is what has resumed it.
      const known = this.raws.has(context) ? undefined : this.describer.known(context)
      this.log('hub', 'handles', known ?? null, this.describer.error(error))
    }
    try {
      this.call(0, null)
    } catch {}
    for (const greenlet of this.#known) {
      if (!greenlet.ready()) this.log(this.describer.name(greenlet), 'alive', greenlet.started)
    }
    this.ended = true
  }

  /** The trace ends here, for a reason that the other side does not know. */
  abandon(why: string): void {
    this.trace.push([0, 'plait', why])
    this.ended = true
  }

  log(who: string, what: string, ...details: unknown[]): void {
    if (this.ended) return
    const time = getEventLoop().time()
    this.trace.push([time, who, what, ...details])
    if (this.trace.length >= limits.events) {
      this.trace.push([time, 'world', 'too long'])
      this.ended = true
    }
  }

  fresh(prefix: string): string {
    this.#made += 1
    return `${prefix}${this.#made}`
  }

  keep(slot: number, greenlet: Greenlet<unknown>): Greenlet<unknown> {
    this.#known.push(greenlet)
    this.slots[slot] = this.describer.know(greenlet, this.fresh('G'))
    return greenlet
  }

  greenlets(slots: readonly number[]): Greenlet<unknown>[] {
    return slots.flatMap(slot => this.slots[slot] ?? [])
  }

  /** Greenlets by their slots, and things by their names. */
  objects(names: readonly (number | string)[]): Greenlet<unknown>[] {
    return names.flatMap(name =>
      typeof name === 'number' ? (this.slots[name] ?? []) : this.things.get<Greenlet<unknown>>(name),
    )
  }

  result(name: string): AsyncResult<unknown> {
    return this.things.get(name)
  }

  /** Where no greenlet runs, the hub does. */
  current(): string {
    return this.describer.name(getcurrent() ?? getHub())
  }

  call(index: number, argument: number | null): unknown {
    const frame: Frame = { label: this.fresh(`F${index}#`), argument }
    this.log(frame.label, 'starts', this.current(), argument)
    let signal: readonly [number | null] | undefined
    try {
      signal = runBlock(this, frame, this.program.functions[index] ?? [])
    } catch (error) {
      this.log(frame.label, 'fails', this.describer.error(error))
      throw error
    }
    const value = signal === undefined ? (argument ?? `F${index}`) : signal[0]
    this.log(frame.label, 'returns', value)
    return value
  }

  /** The same for the same function, so that it can be unlinked. */
  linkTarget(fn: number): LinkTarget {
    let target = this.#targets.get(fn)
    if (target === undefined) {
      target = source => {
        this.log('link', 'called', this.describer.name(source))
        this.call(fn, null)
      }
      this.#targets.set(fn, target)
    }
    return target
  }

  valueTarget(fn: number): (value: unknown) => void {
    return value => {
      this.log('callback', 'called', this.describer.value(value))
      this.call(fn, null)
    }
  }

  /** Called in the hub: its statements never wait. */
  callback(index: number): (source?: unknown) => void {
    let callback = this.#callbacks.get(index)
    if (callback === undefined) {
      const frame: Frame = { label: `C${index}`, argument: null }
      callback = source => {
        this.log(frame.label, 'called', this.describer.name(source))
        runBlock(this, frame, this.program.callbacks[index] ?? [])
      }
      this.#callbacks.set(index, callback)
    }
    return callback
  }
}
