import { Random } from '../../differential/random.ts'
import {
  type Area,
  areas as allAreas,
  type Block,
  type CatchKind,
  type Handler,
  limits,
  type Program,
  type Statement,
} from '../program.ts'
import { Choices, type Move } from './choices.ts'
import {
  callbackMoves,
  instantMoves,
  leavingMoves,
  startingMoves,
  timeoutMoves,
  unlinkAllMove,
  waitingMoves,
  withTimeoutMove,
} from './core-moves.ts'
import { areaMoves, heldLock, poolStartingMoves } from './shared-moves.ts'

const deepest = 4

/** How often a program is about an area: those with much in them need more. */
const shares: Readonly<Record<Area, number>> = {
  core: 0.6,
  timeouts: 1.2,
  events: 2,
  locks: 1.7,
  queues: 3,
  pools: 2.6,
}

type Kind = 'starting' | 'instant' | 'waiting'

/** Writes one random program. */
class Writer {
  readonly #random: Random
  readonly #choices: Choices
  readonly #areas: readonly Area[]
  readonly #moves: Readonly<Record<Kind, readonly Move<Statement>[]>>

  constructor(random: Random, allowed: readonly Area[]) {
    this.#random = random
    this.#choices = new Choices(random)
    const focus = random.chance(0.45) ? 1 : random.between(2, 3)
    this.#areas = [
      ...new Set(
        Array.from({ length: focus }, () =>
          random.weighted(allowed.map(area => [area, shares[area]] as const)),
        ),
      ),
    ]
    this.#moves = movesOf(this.#areas)
  }

  program(): Program {
    const random = this.#random
    const { functions: count, callbacks: callbackCount } = this.#choices
    const functions: Block[] = [this.#main()]
    for (let fn = 1; fn < count; fn += 1) functions.push(this.#function(fn))
    const callbacks = Array.from({ length: callbackCount }, () => this.#callback(random.between(0, 2)))
    return { areas: this.#areas, functions, callbacks }
  }

  /** Begins with some greenlets, so that there is something to refer to, and ends with a wait, so that they run. */
  #main(): Block {
    const random = this.#random
    const opening = Array.from({ length: random.between(3, 5) }, (_, slot) => this.#opening(slot))
    const block = this.#block(0, random.between(7, 13), 1)
    const last = random.weighted<Block>([
      [[{ op: 'waitAll', timeout: this.#choices.maybe(random.between(1, 9), 0.3) }], 5],
      [[{ op: 'sleep', ms: random.between(5, 20) }], 3],
      [[], 2],
    ])
    return [...opening, ...block, ...last]
  }

  #opening(slot: number): Statement {
    const fn = this.#choices.fn(0)
    return this.#random.weighted<Statement>([
      [{ op: 'spawn', slot, fn }, 5],
      [{ op: 'spawnLater', slot, ms: this.#choices.delay(), fn }, 2],
      [{ op: 'make', slot, fn }, 1],
      ...(this.#areas.includes('pools')
        ? ([[{ op: 'groupSpawn', group: this.#choices.thing('group'), slot, fn }, 5]] as const)
        : []),
    ])
  }

  /** Some do no more than what a mapped function would. */
  #function(fn: number): Block {
    const random = this.#random
    const byArgument = this.#areas.includes('pools') ? 0.5 : 0.15
    const first: Statement[] = random.chance(byArgument)
      ? [{ op: 'sleepByArgument', ms: random.between(0, 2) }]
      : []
    if (random.chance(byArgument / 2)) first.push({ op: 'raiseIfOdd' })
    return [...first, ...this.#block(fn, random.between(first.length > 0 ? 0 : 2, 8), 1)]
  }

  #callback(length: number): Block {
    const shared = this.#areas.flatMap(area => areaMoves[area].instant)
    return Array.from({ length }, () =>
      shared.length > 0 && this.#random.chance(0.35) ? this.#write(shared, 0) : this.#write(callbackMoves, 0),
    )
  }

  #write(moves: readonly Move<Statement>[], fn: number): Statement {
    return this.#random.weighted(moves.map(([weight, write]) => [write, weight] as const))(this.#choices, fn)
  }

  #block(fn: number, length: number, depth: number): Block {
    const random = this.#random
    const block: Statement[] = []
    for (let written = 0; written < length; written += 1) {
      if (random.chance(0.055)) return [...block, this.#write(leavingMoves, fn)]
      block.push(...this.#protected(this.#statement(fn, depth), fn))
    }
    return block
  }

  #statement(fn: number, depth: number): Statement {
    const random = this.#random
    const canCall = fn < this.#choices.functions - 1
    if (random.chance(0.2) && depth < deepest) return this.#compound(fn, depth)
    const kind = random.weighted<Kind>([
      ['waiting', 9],
      ['instant', 6],
      ['starting', canCall ? 4 : 0],
    ])
    if (fn === 0 && random.chance(0.03)) return { op: 'waitAll', timeout: random.between(1, 3) }
    if (canCall && this.#areas.includes('timeouts') && random.chance(0.1))
      return withTimeoutMove(this.#choices, fn)
    const statement = this.#write(this.#moves[kind], fn)
    // The last function has none to name.
    return !canCall && 'fn' in statement ? { op: 'sleep', ms: this.#choices.delay() } : statement
  }

  /** Much that waits may fail or never end; what is written after it should be reached all the same, in the main greenlet most of all. */
  #protected(statement: Statement, fn: number): Block {
    if (statement.op === 'try' || !this.#random.chance(fn === 0 ? 0.5 : 0.3)) return [statement]
    return [{ op: 'try', body: [statement], handler: this.#handler(() => [], 'all'), cleanup: null }]
  }

  #compound(fn: number, depth: number): Statement {
    const random = this.#random
    const inner = (most = 3): Block => this.#block(fn, random.between(1, most), depth + 1)
    const has = (area: Area): boolean => this.#areas.includes(area)
    const op = random.weighted<'try' | 'repeat' | 'timeout' | 'hold'>([
      ['try', 6],
      ['repeat', 1.2],
      ['timeout', has('timeouts') ? 12 : 6],
      ['hold', has('locks') ? 8 : 0],
    ])
    switch (op) {
      case 'timeout': {
        const error = this.#choices.timeoutError()
        return { op, scope: this.#choices.scope(), ms: this.#choices.limit(0.1), error, body: inner() }
      }
      case 'hold':
        return { op, lock: heldLock(this.#choices), body: inner() }
      case 'repeat':
        return { op, times: random.between(2, 3), body: inner(2) }
      default:
        return this.#try(inner)
    }
  }

  #try(inner: (most?: number) => Block): Statement {
    const random = this.#random
    const shape = random.next()
    const cleanup = shape > 0.6 ? inner(2) : null
    const last: Block = cleanup !== null && random.chance(0.1) ? [{ op: 'return', value: 7 }] : []
    return {
      op: 'try',
      body: inner(),
      handler: shape < 0.85 ? this.#handler(() => (random.chance(0.4) ? inner(2) : [])) : null,
      cleanup: cleanup && [...cleanup, ...last],
    }
  }

  #handler(inner: () => Block, only?: CatchKind): Handler {
    const random = this.#random
    const kind =
      only ??
      random.weighted<CatchKind>([
        ['all', 4],
        ['ordinary', 3],
        ['exit', 3],
        ['timeout', 2],
        ['mine', 2],
        ['app', 2],
        ['loopExit', 1],
        ['empty', this.#areas.includes('queues') ? 1 : 0],
        ['full', this.#areas.includes('queues') ? 1 : 0],
      ])
    const leave = random.weighted<Handler['leave']>([
      ['swallow', 6],
      ['rethrow', 1.5],
      ['raise', 1],
    ])
    return {
      kind,
      scope: random.between(0, limits.scopes - 1),
      body: inner(),
      leave: only === undefined ? leave : 'swallow',
    }
  }
}

function movesOf(areas: readonly Area[]): Readonly<Record<Kind, readonly Move<Statement>[]>> {
  const sharedMoves = (kind: 'instant' | 'waiting', times: number): readonly Move<Statement>[] =>
    areas.flatMap(area => more(areaMoves[area][kind], times))
  // One that is unlinked from its group stays in there for ever: a kill of the group would never end.
  const instant = areas.includes('pools')
    ? instantMoves.filter(([, write]) => write !== unlinkAllMove[1])
    : instantMoves
  const timeouts = areas.includes('timeouts') ? timeoutMoves : []
  return {
    starting: [...startingMoves, ...(areas.includes('pools') ? more(poolStartingMoves, 2) : [])],
    instant: [...instant, ...more(timeouts, 2), ...sharedMoves('instant', 3.5)],
    waiting: [...waitingMoves, ...sharedMoves('waiting', 4)],
  }
}

function more(moves: readonly Move<Statement>[], times: number): Move<Statement>[] {
  return moves.map(([weight, write]) => [weight * times, write])
}

/** Program number `index` of a seed, always the same; of these areas alone. */
export function generate(seed: number, index: number, areas: readonly Area[] = allAreas): Program {
  return new Writer(new Random(seed, index), areas).program()
}
