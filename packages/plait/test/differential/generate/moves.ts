import type { Block, Statement } from '../program.ts'
import type { Random } from '../random.ts'
import type { How } from '../things-program.ts'

/** What moves are written with. */
export interface Tools {
  readonly random: Random
  /** Any statements. */
  inner(): Block
  /** A sleep or a few turns: others come to wait. */
  pause(): Statement
  how(): How
  /** A cancel of some task that shares this. */
  cancel(): Statement
}

/** A few statements that belong together, about a thing of that name; and how often they are written. */
export type Move<Name> = readonly [write: (on: Name, tools: Tools) => Block, weight: number]

/** One step, for callbacks. */
export type Step<Name> = readonly [write: (on: Name, random: Random) => Statement, weight: number]

/** A kind of things to share, and what tasks do with them. */
export interface Kind<Name extends string> {
  readonly names: readonly Name[]
  /** What makes others wait, to begin with. */
  readonly busy: readonly Move<Name>[]
  /** What waits. */
  readonly waits: readonly Move<Name>[]
  /** What wakes those who wait: a cancel that follows comes between the wake and their step. */
  readonly wakes: readonly Move<Name>[]
  /** What else there is to do. */
  readonly others: readonly Move<Name>[]
  readonly steps: readonly Step<Name>[]
}

/** What one program shares of one kind. */
export interface Focus {
  write(part: 'busy' | 'waits' | 'wakes' | 'others', tools: Tools): Block
  step(random: Random): Statement
}

/** Draws what one program shares of a kind. */
export type Sharing = (random: Random) => Focus

export function sharing<Name extends string>(kind: Kind<Name>): Sharing {
  return random => {
    // Mostly one thing alone, so that the tasks meet there.
    const used = Array.from({ length: random.chance(0.75) ? 1 : 2 }, () => random.pick(kind.names))
    return {
      write: (part, tools) => random.weighted(kind[part])(random.pick(used), tools),
      step: () => random.weighted(kind.steps)(random.pick(used), random),
    }
  }
}

export const swallowing = (body: Block): Statement => ({
  op: 'try',
  body,
  handler: { kind: 'ordinary', body: [], leave: 'swallow' },
  cleanup: null,
})
