import { Greenlet, GreenletExit, getcurrent, sleep, until } from '../../../../src/greenlet.ts'
import type { Block, Statement, SwitchingStatement } from '../../program.ts'
import { runPlain } from '../plain-statements.ts'
import { type AnyGreenlet, AppError, type Bodies, makeError, type Signal, type World } from '../world.ts'
import { calls, withCallback } from './ways.ts'

/*
 * Runs bodies as plain functions, which switch from inside their own calls: this file and the one beside it are what the
 * colorless transform is given.
 */

type Switching<Op extends SwitchingStatement['op']> = Extract<SwitchingStatement, { op: Op }>

/** A greenlet whose class says what it runs. */
class OwnRun extends Greenlet {
  readonly #bodies: PlainBodies
  readonly #index: number

  constructor(bodies: PlainBodies, index: number, parent: AnyGreenlet | undefined) {
    super(undefined, parent)
    this.#bodies = bodies
    this.#index = index
  }

  override run(...args: unknown[]): unknown {
    return this.#bodies.body(this.#index, args)
  }
}

export class PlainBodies implements Bodies {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  runs(index: number): (...args: unknown[]) => unknown {
    return (...args) => this.body(index, args)
  }

  ownRun(index: number, parent: AnyGreenlet | undefined): AnyGreenlet {
    return new OwnRun(this, index, parent)
  }

  body(index: number, args: readonly unknown[]): unknown {
    const world = this.#world
    world.step()
    world.log(
      'starts',
      index,
      args.map(arg => world.describe(arg)),
    )
    let signal: Signal
    try {
      signal = this.block(world.program.bodies[index] ?? [])
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

  block(statements: Block): Signal {
    for (const statement of statements) {
      this.#world.step()
      const signal = this.#run(statement)
      if (signal !== undefined) return signal
    }
    return undefined
  }

  #run(statement: Statement): Signal {
    switch (statement.op) {
      case 'switch':
        return this.#switch(statement)
      case 'throw':
        return this.#throw(statement)
      case 'try':
        return this.#try(statement)
      case 'repeat':
        return this.#repeat(statement)
      case 'within':
        return this.#within(statement)
      case 'pause':
        return this.#pause(statement)
      default:
        return runPlain(this.#world, statement)
    }
  }

  #switch(statement: Switching<'switch'>): undefined {
    const world = this.#world
    const target = world.find(statement.to)
    if (target === undefined) return world.log('nobody') as undefined
    const args = statement.args.map(arg => world.value(arg))
    world.log(
      'switch',
      world.name(target),
      args.map(arg => world.describe(arg)),
    )
    return this.#arrive('switch', () => target.switch(...args))
  }

  #throw({ to, error }: Switching<'throw'>): undefined {
    const world = this.#world
    const target = world.find(to)
    if (target === undefined) return world.log('nobody') as undefined
    const thrown = error === null ? undefined : makeError(error)
    world.log('throw', world.name(target), thrown === undefined ? null : [world.describe(thrown)])
    const isNew = !target.started && !target.dead && target.run !== undefined
    if (error?.kind !== 'App' && (target.dead || isNew)) world.leaveUndefined(target.parent)
    return this.#arrive('throw', () => (thrown === undefined ? target.throw() : target.throw(thrown)))
  }

  #arrive(op: string, leave: () => unknown): undefined {
    const world = this.#world
    let value: unknown
    try {
      value = leave()
    } catch (thrown) {
      if (!world.ended) world.log(`${op} throws`, world.describe(thrown))
      throw thrown
    }
    world.log(`${op} gives`, world.describe(value))
  }

  #pause({ how }: Switching<'pause'>): undefined {
    if (how === 'promise') until(Promise.resolve())
    else sleep(how === 'turn' ? 0 : 0.01)
    this.#world.log('pause')
  }

  #try(statement: Switching<'try'>): Signal {
    const world = this.#world
    try {
      return this.#guarded(statement)
    } finally {
      if (statement.cleanup !== null && !world.ended) {
        world.log('finally')
        const signal = this.block(statement.cleanup)
        if (signal !== undefined) {
          world.log('finally returns')
          // biome-ignore lint/correctness/noUnsafeFinally: programs do so
          return signal
        }
      }
    }
  }

  #guarded({ body, handler }: Switching<'try'>): Signal {
    const world = this.#world
    try {
      return this.block(body)
    } catch (thrown) {
      if (world.ended || handler === null || !world.takes(handler.kind, thrown)) throw thrown
      world.log('catch', handler.kind, world.describe(thrown))
      const signal = this.block(handler.body)
      world.log('handled', handler.leave)
      if (signal !== undefined || handler.leave === 'swallow') return signal
      if (handler.leave === 'rethrow') throw thrown
      throw new AppError('from a handler')
    }
  }

  #repeat({ times, body }: Switching<'repeat'>): Signal {
    for (let number = 0; number < times; number += 1) {
      this.#world.log('round', number)
      const signal = this.block(body)
      if (signal !== undefined) return signal
    }
    return undefined
  }

  #within({ way, times, body }: Switching<'within'>): Signal {
    const world = this.#world
    world.log('within', way, times)
    const block = (): Signal => this.block(body)
    const call = calls[way]
    if (call !== undefined) {
      const signal = call(world, block, times)
      world.log('without', way)
      return signal
    }
    world.log('without', way, withCallback(way, world, block, times))
    return undefined
  }
}

/** The whole program, in the main greenlet. */
export function plainMain(bodies: PlainBodies): void {
  bodies.body(0, [])
}
