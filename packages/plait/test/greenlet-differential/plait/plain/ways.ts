import { call, until } from '../../../../src/greenlet.ts'
import { coroutine, type Operation } from '../../../../src/index.ts'
import type { Way } from '../../program.ts'
import type { Signal, World } from '../world.ts'

/* What stands between a block and what runs it: calls of every kind, all of them plain. */

type Run = () => Signal
type Call = (world: World, block: Run, times: number) => Signal

function deep(world: World, block: Run, left: number): Signal {
  const signal = left === 0 ? block() : deep(world, block, left - 1)
  world.log('level', left)
  return signal
}

class Levels {
  protected readonly world: World
  protected readonly block: Run

  constructor(world: World, block: Run) {
    this.world = world
    this.block = block
  }

  deep(left: number): Signal {
    const signal = left === 0 ? this.block() : this.deep(left - 1)
    this.world.log('level', left)
    return signal
  }
}

class MoreLevels extends Levels {
  override deep(left: number): Signal {
    const signal = super.deep(left)
    this.world.log('more', left)
    return signal
  }
}

function closures(world: World, block: Run, times: number): Signal {
  let level = block
  for (let left = 0; left < times; left += 1) {
    const inner = level
    level = () => {
      const signal = inner()
      world.log('level', left)
      return signal
    }
  }
  return level()
}

class Made {
  readonly before: string | null
  readonly signal: Signal

  constructor(world: World, block: Run) {
    this.before = world.name(world.find('self'))
    this.signal = block()
    world.log('constructed', this.before)
  }
}

class Holder {
  readonly #world: World
  readonly #block: Run
  signal: Signal

  constructor(world: World, block: Run) {
    this.#world = world
    this.#block = block
  }

  get contents(): Signal {
    const signal = this.#block()
    this.#world.log('read')
    return signal
  }

  set written(number: number) {
    this.signal = this.#block()
    this.#world.log('written', number)
  }
}

function set(world: World, block: Run, times: number): Signal {
  const holder = new Holder(world, block)
  holder.written = times
  return holder.signal
}

class Rounds {
  readonly #world: World
  readonly #block: Run
  #left: number

  constructor(world: World, block: Run, times: number) {
    this.#world = world
    this.#block = block
    this.#left = times
  }

  [Symbol.iterator](): this {
    return this
  }

  next(): IteratorResult<Signal, undefined> {
    if (this.#left === 0) return { done: true, value: undefined }
    this.#left -= 1
    const value = this.#block()
    this.#world.log('next', this.#left)
    return { done: false, value }
  }
}

function* rounds(world: World, block: Run, times: number): Generator<Signal> {
  for (let number = 0; number < times; number += 1) {
    const signal = block()
    world.log('yields', number)
    yield signal
  }
}

function firstSignal(signals: Iterable<Signal>): Signal {
  for (const signal of signals) if (signal !== undefined) return signal
  return undefined
}

/** A coroutine that a plain function waits for, and that waits for plain functions. */
const awaitable = coroutine(function* awaitable(block: Run): Operation<Signal> {
  return yield* call(block)
})

function awaited(world: World, block: Run): Signal {
  const signal = until(awaitable(block))
  world.log('awaited')
  return signal
}

function numbered(world: World, block: Run): (first: number, second: number) => Signal {
  return function call(first, second) {
    const signal = block()
    world.log('called', first, second)
    return signal
  }
}

/** Those in which a `return` inside is one of the body. */
export const calls: { readonly [W in Way]?: Call } = {
  function: deep,
  method: (world, block, times) => new Levels(world, block).deep(times),
  super: (world, block, times) => new MoreLevels(world, block).deep(times),
  closure: closures,
  constructor: (world, block) => new Made(world, block).signal,
  getter: (world, block) => new Holder(world, block).contents,
  setter: set,
  iterator: (world, block, times) => firstSignal(new Rounds(world, block, times)),
  generator: (world, block, times) => firstSignal(rounds(world, block, times)),
  coroutine: awaited,
  bound: (world, block, times) => numbered(world, block).bind(undefined, times)(1),
  spread: (world, block, times) => numbered(world, block)(...([times, 2] as const)),
}

/** Those in which it is one of the callback: gives what the built-in made of that. */
export function withCallback(way: Way, world: World, block: Run, times: number): unknown {
  const numbers = Array.from({ length: times }, (_, index) => index)
  const returned = (number: number | null): boolean => {
    const signal = block()
    world.log('back', number)
    return signal !== undefined
  }
  const given = (number: number): unknown => {
    const signal = block()
    world.log('back', number)
    return signal === undefined ? number : world.describe(world.value(signal.value))
  }
  switch (way) {
    case 'map':
      return numbers.map(given)
    case 'from':
      return Array.from({ length: times }, (_, number) => given(number))
    case 'forEach':
      numbers.forEach(returned)
      return null
    case 'mapForEach':
      new Map(numbers.map(number => [number, number])).forEach(returned)
      return null
    case 'filter':
      return numbers.filter(returned)
    case 'reduce':
      return numbers.reduce((sum, number) => sum * 2 + Number(returned(number)), 1)
    case 'some':
      return numbers.some(returned)
    case 'every':
      return numbers.every(number => !returned(number))
    case 'find':
      return numbers.find(returned) ?? null
    case 'sort':
      // Two items are compared once, whoever sorts.
      return [1, 1].sort(() => Number(returned(null)) * 0)
    case 'flatMap':
      return numbers.flatMap(number => [number, given(number)])
    default:
      return 'x'.repeat(times).replace(/x/g, () => (returned(null) ? 'y' : 'n'))
  }
}
