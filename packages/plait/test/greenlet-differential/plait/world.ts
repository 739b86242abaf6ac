import { AsyncLocalStorage } from 'node:async_hooks'
import { Greenlet, GreenletExit, getcurrent, type TraceCallback } from '../../../src/greenlet.ts'
import { type Context, ContextVar, MisuseError } from '../../../src/index.ts'
import {
  type CatchKind,
  type ErrorSpec,
  type Foreign,
  limits,
  type Program,
  type Ref,
  type TraceEvent,
  type Value,
} from '../program.ts'

const hostScope = new AsyncLocalStorage<number>()

/** Any greenlet, whatever it takes and gives. */
export type AnyGreenlet = Greenlet

/** How a block ended: undefined at its end, else with a value for the body to return. */
export type Signal = { readonly value: Value } | undefined

/** Ends a program wherever it is; no handler takes it. */
export class Stop extends Error {}

/** What programs raise. */
export class AppError extends Error {}

/** How both sides call what programs do wrong. */
const mistakes: Readonly<Record<string, string>> = {
  greenletWithoutRun: 'nothing to run',
  runAfterStart: 'begun',
  parentOfMain: 'parent of main',
  parentsInCircle: 'circle',
  greenletElsewhere: 'elsewhere',
  notAGreenlet: 'no greenlet',
  notAContext: 'no context',
}

export function mistakeOf(thrown: unknown): string | undefined {
  return thrown instanceof MisuseError ? (mistakes[thrown.code] ?? thrown.code) : undefined
}

export function makeError({ kind, message }: ErrorSpec): Error {
  return kind === 'App' ? new AppError(message) : new GreenletExit(message)
}

/** What a greenlet runs, written in one of the two ways. */
export interface Bodies {
  /** The function to make a greenlet of. */
  runs(index: number): (...args: unknown[]) => unknown
  /** A greenlet whose class says what it runs. */
  ownRun(index: number, parent: AnyGreenlet | undefined): AnyGreenlet
}

/** Which bodies are written as generators; else as plain functions. */
export type Writing = 'plain' | 'generators' | 'mixed'

/** What all statements of one program share: the same as World in world.py, line by line. */
export class World {
  readonly program: Program
  readonly trace: TraceEvent[] = []
  readonly slots: (AnyGreenlet | undefined)[]
  readonly made: AnyGreenlet[] = []
  readonly variables: readonly ContextVar<number | null>[]
  /** Greenlets of another task. */
  readonly elsewhere: readonly AnyGreenlet[]
  ended = false
  readonly #writing: Writing
  readonly #bodies: (isGenerator: boolean, world: World) => Bodies
  readonly #names = new Map<AnyGreenlet, string>()
  readonly #times = new Map<number, number>()
  readonly #tracers = new Map<TraceCallback, string>()
  readonly #scopeOf = new Map<AnyGreenlet, number | undefined>()
  #scopes = 0
  #steps = 0

  /** To be made in the main greenlet of the program. */
  constructor(
    program: Program,
    writing: Writing,
    bodies: (isGenerator: boolean, world: World) => Bodies,
    elsewhere: readonly AnyGreenlet[],
  ) {
    this.program = program
    this.elsewhere = elsewhere
    this.#writing = writing
    this.#bodies = bodies
    const main = getcurrent()
    this.slots = [main]
    this.variables = Array.from(
      { length: limits.variables },
      (_, index) => new ContextVar<number | null>(`v${index}`, { default: null }),
    )
    this.#names.set(main, 'G0')
    for (const [index, one] of elsewhere.entries()) this.#names.set(one, `F${index}`)
  }

  bodies(isGenerator: boolean): Bodies {
    return this.#bodies(this.#writing === 'mixed' ? isGenerator : this.#writing === 'generators', this)
  }

  /** Makes something that has to stay in a context of the host's own. */
  inOwnScope(make: () => AnyGreenlet): AnyGreenlet {
    this.#scopes += 1
    const number = this.#scopes
    return hostScope.run(number, () => {
      const made = make()
      this.#scopeOf.set(made, number)
      return made
    })
  }

  /** Every greenlet keeps the context that it was made in: nothing of that is in the trace, unless it is lost. */
  #checkScope(): void {
    const [own, here] = [this.#scopeOf.get(getcurrent()), hostScope.getStore()]
    if (own !== here) this.log('is in another scope', own, here)
  }

  log(what: string, ...details: unknown[]): void {
    if (!this.ended) this.trace.push([this.name(getcurrent()) ?? 'nobody', what, ...details])
  }

  name(one: AnyGreenlet | undefined): string | null {
    return one === undefined ? null : (this.#names.get(one) ?? 'unnamed')
  }

  know(made: AnyGreenlet, slot: number): void {
    const times = this.#times.get(slot) ?? 0
    this.#times.set(slot, times + 1)
    if (!this.#scopeOf.has(made)) this.#scopeOf.set(made, hostScope.getStore())
    this.#names.set(made, `G${slot}${"'".repeat(times)}`)
    this.made.push(made)
    this.slots[slot] = made
  }

  find(ref: Ref | Foreign): AnyGreenlet | undefined {
    if (ref === 'self') return getcurrent()
    if (ref === 'parent') return getcurrent().parent
    const index = Number(ref.slice(1))
    return ref.startsWith('F') ? this.elsewhere[index] : this.slots[index]
  }

  value(value: Value): unknown {
    return value === 'self' ? getcurrent() : value
  }

  /** A value, or an error, as both sides write it. */
  describe(value: unknown): unknown {
    if (value === undefined) return null
    if (value instanceof Greenlet) return this.name(value)
    if (Array.isArray(value)) return value.map(one => this.describe(one))
    if (value instanceof AppError) return ['App', value.message]
    if (value instanceof GreenletExit)
      return ['Exit', value.message.startsWith('exit') ? value.message : null]
    if (value instanceof Error) {
      const mistake = mistakeOf(value)
      return mistake === undefined ? [value.name, value.message] : ['Mistake', mistake]
    }
    return value
  }

  /** Whether a handler of this kind takes the error. */
  takes(kind: CatchKind, thrown: unknown): boolean {
    switch (kind) {
      case 'all':
        return true
      case 'exit':
        return thrown instanceof GreenletExit
      case 'ordinary':
        return !(thrown instanceof GreenletExit)
      case 'app':
        return thrown instanceof AppError
      case 'mistake':
        return mistakeOf(thrown) !== undefined
    }
  }

  step(): void {
    if (this.ended) throw new Stop()
    this.#checkScope()
    this.#steps += 1
    if (this.#steps <= limits.steps) return
    this.log('too long')
    this.stop()
  }

  stop(): never {
    this.ended = true
    throw new Stop()
  }

  /** A GreenletExit that a greenlet gives to one that has not begun: Python goes wrong there, so nothing is to be compared. */
  leaveUndefined(heir: AnyGreenlet | undefined): void {
    let living = heir
    while (living?.dead === true) living = living.parent
    if (living === undefined || living.started || living.run === undefined) return
    this.log('undefined')
    this.stop()
  }

  tracer(number: number, fails: number | null): TraceCallback {
    let calls = 0
    const traced: TraceCallback = (event, [origin, target]) => {
      if (this.ended) return
      this.log('traced', `T${number}`, event, this.name(origin), this.name(target))
      calls += 1
      if (fails !== null && calls > fails) throw new AppError('from a tracer')
    }
    this.#tracers.set(traced, `T${number}`)
    return traced
  }

  tracerName(tracer: TraceCallback | undefined): string | null {
    return tracer === undefined ? null : (this.#tracers.get(tracer) ?? 'unknown')
  }

  /** Whether one of the program's variables was set in a context. */
  isUsed(context: Context): boolean {
    return this.variables.some(variable => context.has(variable))
  }
}
