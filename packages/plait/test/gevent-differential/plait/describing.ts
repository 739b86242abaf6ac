import { Empty, Full, GreenletExit, LoopExit, PoolFull, StopIteration, Timeout } from '../../../src/gevent.ts'
import { MisuseError } from '../../../src/index.ts'
import type { Handler } from '../program.ts'
import type { World } from './world.ts'

/** An error of the program's own, told apart by its message. */
export class AppError extends Error {}

type Kind = abstract new (...args: never[]) => unknown

const kinds: readonly (readonly [Kind, string])[] = [
  [GreenletExit, 'GreenletExit'],
  [LoopExit, 'LoopExit'],
  [PoolFull, 'PoolFull'],
  [Empty, 'Empty'],
  [Full, 'Full'],
]

/** Names things; those that were not named beforehand have no name in common with the other side. */
export class Describer {
  readonly #names = new Map<unknown, string>()

  know<T>(thing: T, name: string): T {
    this.#names.set(thing, name)
    return thing
  }

  /** Undefined if it has none. */
  known(thing: unknown): string | undefined {
    return this.#names.get(thing)
  }

  name(thing: unknown): string {
    return this.#names.get(thing) ?? 'unnamed'
  }

  /** A kind, and what tells errors of one kind apart. */
  error(error: unknown): unknown[] {
    if (error instanceof AppError) return ['App', error.message]
    if (error instanceof Timeout) return ['Timeout', this.name(error)]
    const kind = kinds.find(([type]) => error instanceof type)
    if (kind !== undefined) return [kind[1]]
    if (error instanceof MisuseError) return ['Misuse']
    return ['Other', error instanceof Error ? error.name : typeof error, String(error)]
  }

  value(value: unknown): unknown {
    if (value === undefined || value === null) return null
    if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value
    if (Array.isArray(value)) return value.map(each => this.value(each))
    if (value instanceof Error) return this.error(value)
    if (value === StopIteration) return 'stop'
    return this.name(value)
  }
}

/** Whether a handler of this kind takes the error. */
export function catches(world: World, handler: Handler, error: unknown): boolean {
  switch (handler.kind) {
    case 'all':
      return true
    case 'ordinary':
      return !(error instanceof GreenletExit) && !(error instanceof Timeout)
    case 'mine':
      return error === world.timeouts[handler.scope]
    case 'exit':
      return error instanceof GreenletExit
    case 'timeout':
      return error instanceof Timeout
    case 'app':
      return error instanceof AppError
    case 'empty':
      return error instanceof Empty
    case 'full':
      return error instanceof Full
    case 'loopExit':
      return error instanceof LoopExit
  }
}
