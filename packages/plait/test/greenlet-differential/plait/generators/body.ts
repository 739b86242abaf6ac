import { Greenlet, GreenletExit, getcurrent, switchTo, throwTo } from '../../../../src/greenlet.ts'
import { type Resume, sleep, until, type Wait } from '../../../../src/index.ts'
import type { Block, Statement, SwitchingStatement } from '../../program.ts'
import { runPlain } from '../plain-statements.ts'
import { type AnyGreenlet, AppError, type Bodies, makeError, type Signal, type World } from '../world.ts'
import { calls, withCallback } from './ways.ts'

/* Runs bodies as generators, which switch by `yield*`: the same as PlainBodies, line by line. */

/** Something that may switch. */
export type Waits<T> = Generator<Wait, T, Resume>

type Switching<Op extends SwitchingStatement['op']> = Extract<SwitchingStatement, { op: Op }>

class OwnRun extends Greenlet {
  readonly #bodies: GeneratorBodies
  readonly #index: number

  constructor(bodies: GeneratorBodies, index: number, parent: AnyGreenlet | undefined) {
    super(undefined, parent)
    this.#bodies = bodies
    this.#index = index
  }

  override *run(...args: unknown[]): Waits<unknown> {
    return yield* this.#bodies.body(this.#index, args)
  }
}

export class GeneratorBodies implements Bodies {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  runs(index: number): (...args: unknown[]) => unknown {
    const bodies = this
    return function* (...args): Waits<unknown> {
      return yield* bodies.body(index, args)
    }
  }

  ownRun(index: number, parent: AnyGreenlet | undefined): AnyGreenlet {
    return new OwnRun(this, index, parent)
  }

  *body(index: number, args: readonly unknown[]): Waits<unknown> {
    const world = this.#world
    world.step()
    world.log(
      'starts',
      index,
      args.map(arg => world.describe(arg)),
    )
    let signal: Signal
    try {
      signal = yield* this.block(world.program.bodies[index] ?? [])
    } catch (thrown) {
      if (world.ended) throw thrown
      world.log('fails', world.describe(thrown))
      if (thrown instanceof GreenletExit) world.leaveUndefined(getcurrent().parent)
      throw thrown
    }
    const value = signal === undefined ? undefined : world.value(signal.value)
    world.log('returns', world.describe(value))
    return value
  }

  *block(statements: Block): Waits<Signal> {
    for (const statement of statements) {
      this.#world.step()
      const signal = yield* this.#run(statement)
      if (signal !== undefined) return signal
    }
    return undefined
  }

  *#run(statement: Statement): Waits<Signal> {
    switch (statement.op) {
      case 'switch':
        return yield* this.#switch(statement)
      case 'throw':
        return yield* this.#throw(statement)
      case 'try':
        return yield* this.#try(statement)
      case 'repeat':
        return yield* this.#repeat(statement)
      case 'within':
        return yield* this.#within(statement)
      case 'pause':
        return yield* this.#pause(statement)
      default:
        return runPlain(this.#world, statement)
    }
  }

  *#switch(statement: Switching<'switch'>): Waits<undefined> {
    const world = this.#world
    const target = world.find(statement.to)
    if (target === undefined) return world.log('nobody') as undefined
    const args = statement.args.map(arg => world.value(arg))
    world.log(
      'switch',
      world.name(target),
      args.map(arg => world.describe(arg)),
    )
    return yield* this.#arrive('switch', () => switchTo(target, ...args))
  }

  *#throw({ to, error }: Switching<'throw'>): Waits<undefined> {
    const world = this.#world
    const target = world.find(to)
    if (target === undefined) return world.log('nobody') as undefined
    const thrown = error === null ? undefined : makeError(error)
    world.log('throw', world.name(target), thrown === undefined ? null : [world.describe(thrown)])
    const isNew = !target.started && !target.dead && target.run !== undefined
    if (error?.kind !== 'App' && (target.dead || isNew)) world.leaveUndefined(target.parent)
    return yield* this.#arrive('throw', () =>
      thrown === undefined ? throwTo(target) : throwTo(target, thrown),
    )
  }

  *#arrive(
    op: string,
    leave: () => { [Symbol.iterator](): Iterator<Wait, unknown, Resume> },
  ): Waits<undefined> {
    const world = this.#world
    let value: unknown
    try {
      value = yield* leave()
    } catch (thrown) {
      if (!world.ended) world.log(`${op} throws`, world.describe(thrown))
      throw thrown
    }
    world.log(`${op} gives`, world.describe(value))
  }

  *#pause({ how }: Switching<'pause'>): Waits<undefined> {
    if (how === 'turn') yield
    else yield* how === 'sleep' ? sleep(0.01) : until(Promise.resolve())
    this.#world.log('pause')
  }

  *#try(statement: Switching<'try'>): Waits<Signal> {
    const world = this.#world
    try {
      return yield* this.#guarded(statement)
    } finally {
      if (statement.cleanup !== null && !world.ended) {
        world.log('finally')
        const signal = yield* this.block(statement.cleanup)
        if (signal !== undefined) {
          world.log('finally returns')
          // biome-ignore lint/correctness/noUnsafeFinally: programs do so
          return signal
        }
      }
    }
  }

  *#guarded({ body, handler }: Switching<'try'>): Waits<Signal> {
    const world = this.#world
    try {
      return yield* this.block(body)
    } catch (thrown) {
      if (world.ended || handler === null || !world.takes(handler.kind, thrown)) throw thrown
      world.log('catch', handler.kind, world.describe(thrown))
      const signal = yield* this.block(handler.body)
      world.log('handled', handler.leave)
      if (signal !== undefined || handler.leave === 'swallow') return signal
      if (handler.leave === 'rethrow') throw thrown
      throw new AppError('from a handler')
    }
  }

  *#repeat({ times, body }: Switching<'repeat'>): Waits<Signal> {
    for (let number = 0; number < times; number += 1) {
      this.#world.log('round', number)
      const signal = yield* this.block(body)
      if (signal !== undefined) return signal
    }
    return undefined
  }

  *#within({ way, times, body }: Switching<'within'>): Waits<Signal> {
    const world = this.#world
    world.log('within', way, times)
    const block = (): Waits<Signal> => this.block(body)
    const call = calls[way]
    if (call !== undefined) {
      const signal = yield* call(world, block, times)
      world.log('without', way)
      return signal
    }
    world.log('without', way, yield* withCallback(way, world, block, times))
    return undefined
  }
}
