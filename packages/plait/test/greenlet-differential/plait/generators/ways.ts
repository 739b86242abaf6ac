import { coroutine, type Operation, type Resume, type Wait } from '../../../../src/index.ts'
import type { Way } from '../../program.ts'
import type { Signal, World } from '../world.ts'

/*
 * What stands between a block and what runs it, as far as generators can: what calls back has to be a loop, and what
 * cannot be a generator is one call. All of it writes the same into the trace as the plain ways.
 */

type Waits<T> = Generator<Wait, T, Resume>
type Run = () => Operation<Signal>
type Call = (world: World, block: Run, times: number) => Waits<Signal>

function* deep(world: World, block: Run, left: number): Waits<Signal> {
  const signal = left === 0 ? yield* block() : yield* deep(world, block, left - 1)
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

  *deep(left: number): Waits<Signal> {
    const signal = left === 0 ? yield* this.block() : yield* this.deep(left - 1)
    this.world.log('level', left)
    return signal
  }
}

class MoreLevels extends Levels {
  override *deep(left: number): Waits<Signal> {
    const signal = yield* super.deep(left)
    this.world.log('more', left)
    return signal
  }
}

function* closures(world: World, block: Run, times: number): Waits<Signal> {
  let level = block
  for (let left = 0; left < times; left += 1) {
    const inner = level
    level = function* (): Waits<Signal> {
      const signal = yield* inner()
      world.log('level', left)
      return signal
    }
  }
  return yield* level()
}

/** One call, with an event after it. */
function* once(world: World, block: Run, ...event: [string, ...unknown[]]): Waits<Signal> {
  const signal = yield* block()
  world.log(...event)
  return signal
}

const awaitable = coroutine(function* awaitable(block: Run): Waits<Signal> {
  return yield* block()
})

function* rounds(
  world: World,
  block: Run,
  times: number,
  event: (number: number) => [string, ...unknown[]],
): Waits<Signal> {
  for (let number = 0; number < times; number += 1) {
    const signal = yield* once(world, block, ...event(number))
    if (signal !== undefined) return signal
  }
  return undefined
}

/** Those in which a `return` inside is one of the body. */
export const calls: { readonly [W in Way]?: Call } = {
  function: deep,
  method: (world, block, times) => new Levels(world, block).deep(times),
  super: (world, block, times) => new MoreLevels(world, block).deep(times),
  closure: closures,
  constructor: (world, block) => once(world, block, 'constructed', world.name(world.find('self'))),
  getter: (world, block) => once(world, block, 'read'),
  setter: (world, block, times) => once(world, block, 'written', times),
  iterator: (world, block, times) => rounds(world, block, times, number => ['next', times - 1 - number]),
  generator: (world, block, times) => rounds(world, block, times, number => ['yields', number]),
  coroutine: (world, block) => once(world, () => awaitable(block), 'awaited'),
  bound: (world, block, times) => once(world, block, 'called', times, 1),
  spread: (world, block, times) => once(world, block, 'called', times, 2),
}

/** Those in which it is one of the callback. */
export function* withCallback(way: Way, world: World, block: Run, times: number): Waits<unknown> {
  const isNumbered = way !== 'sort' && way !== 'replace'
  const found: unknown[] = []
  let sum = 1
  for (let number = 0; number < (way === 'sort' ? 1 : times); number += 1) {
    const signal = yield* once(world, block, 'back', isNumbered ? number : null)
    const returned = signal !== undefined
    const given = returned ? world.describe(world.value(signal.value)) : number
    if (way === 'some' && returned) return true
    if (way === 'every' && returned) return false
    if (way === 'find' && returned) return number
    sum = sum * 2 + Number(returned)
    if (way === 'map' || way === 'from') found.push(given)
    if (way === 'filter' && returned) found.push(number)
    if (way === 'flatMap') found.push(number, given)
    if (way === 'replace') found.push(returned ? 'y' : 'n')
  }
  return resultOf(way, found, sum)
}

function resultOf(way: Way, found: readonly unknown[], sum: number): unknown {
  switch (way) {
    case 'some':
      return false
    case 'every':
      return true
    case 'reduce':
      return sum
    case 'sort':
      return [1, 1]
    case 'replace':
      return found.join('')
    case 'find':
    case 'forEach':
    case 'mapForEach':
      return null
    default:
      return found
  }
}
