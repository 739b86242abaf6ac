import type { Block, Statement } from '../program.ts'
import type { Choices } from './choices.ts'
import { conditions } from './condition-moves.ts'
import type { Focus, Sharing, Tools } from './moves.ts'
import { lifoQueues, priorityQueues, queues } from './queue-moves.ts'
import { barriers, events, locks, semaphores } from './sync-moves.ts'

/** How many programs turn to each kind. */
const kinds: readonly (readonly [readonly Sharing[], number])[] = [
  [locks, 9.5],
  [semaphores, 14],
  [events, 5],
  [conditions, 15],
  [barriers, 9],
  [queues, 7.5],
  [priorityQueues, 9],
  [lifoQueues, 7],
]

const parts = [
  ['waits', 5],
  ['wakes', 4],
  ['others', 1.5],
] as const

/** Writes what tasks do with what they share. Most programs turn to one or two kinds, others share nothing. */
export class SharedWriter {
  readonly #choices: Choices
  readonly #foci: readonly Focus[]
  /** Of all statements. */
  readonly #share: number

  constructor(choices: Choices) {
    this.#choices = choices
    const { random } = choices
    const count = random.chance(0.66) ? random.pick([1, 2, 2, 3]) : 0
    this.#foci = Array.from({ length: count }, () => random.pick(random.weighted(kinds))(random))
    this.#share = count === 0 ? 0 : 0.22 + 0.35 * random.next()
  }

  get isUsed(): boolean {
    return this.#foci.length > 0
  }

  /** Whether the next statement is to be about what is shared. */
  isNext(): boolean {
    return this.isUsed && this.#choices.random.chance(this.#share)
  }

  write(inner: () => Block): Block {
    const { random } = this.#choices
    const part = random.weighted(parts)
    const tools = this.#tools(inner)
    const block = random.pick(this.#foci).write(part, tools)
    return part === 'wakes' && random.chance(0.4) ? [...block, tools.cancel()] : block
  }

  /** What a body begins with, so that tasks come to wait together. */
  opening(): Block {
    const { random } = this.#choices
    if (!this.isUsed || random.chance(0.3)) return []
    return random.pick(this.#foci).write(
      'waits',
      this.#tools(() => []),
    )
  }

  /** Some tasks are made while things are taken; then they are woken, and cancelled between the wake and their step. */
  meeting(tasks: Block): Block {
    const { random } = this.#choices
    const tools = this.#tools(() => [])
    const focus = random.pick(this.#foci)
    const slots = tasks.flatMap(task => (task.op === 'spawn' ? [task.slot] : []))
    const wakes = Array.from({ length: random.between(1, 3) }, () => [
      ...(random.chance(0.85) ? focus : random.pick(this.#foci)).write('wakes', tools),
      // Often the first alone, who most likely was woken: then the others must not be forgotten.
      ...slots
        .filter((_, index) => random.chance(index === 0 ? 0.5 : 0.25))
        .map(slot => ({ op: 'cancel', what: `T${slot}`, reason: null }) as const),
      tools.pause(),
    ])
    return [...focus.write('busy', tools), ...tasks, tools.pause(), ...wakes.flat()]
  }

  /** One step, for a callback. */
  step(): Statement {
    return this.#choices.random.pick(this.#foci).step(this.#choices.random)
  }

  #tools(inner: () => Block): Tools {
    const { random } = this.#choices
    return {
      random,
      inner,
      pause: () =>
        random.chance(0.4)
          ? { op: 'turn', times: random.between(1, 2) }
          : { op: 'sleep', delay: random.between(1, 3) },
      how: () => (random.chance(0.75) ? 'directly' : random.chance(0.5) ? 'inTask' : random.between(0, 5)),
      cancel: () => ({
        op: 'cancel',
        what: this.#choices.task(),
        reason: random.pick([null, 'red', 'blue']),
      }),
    }
  }
}
