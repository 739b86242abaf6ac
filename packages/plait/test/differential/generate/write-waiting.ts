import type { Operation, Statement, WaitMode } from '../program.ts'
import type { Choices } from './choices.ts'

/** Writes what only waits, but for what is shared. */
export function writeWaiting(choices: Choices, op: Operation, body: number): Statement {
  const { random } = choices
  const things = () => choices.several(() => choices.thing(body))
  switch (op) {
    case 'sleep':
      return { op, delay: random.chance(0.15) ? 0 : random.between(1, 5) }
    case 'turn':
      return { op, times: random.between(1, 5) }
    case 'shield':
      return { op, what: choices.thing(body) }
    case 'gather':
      return { op, what: things(), settled: random.chance(0.35) }
    case 'wait': {
      const mode = random.pick<WaitMode>(['ALL_COMPLETED', 'FIRST_COMPLETED', 'FIRST_EXCEPTION'])
      const what = choices.several(() => choices.target(0.03))
      return { op, what, mode, limit: choices.limit(0.4, 0, 6) }
    }
    case 'waitFor': {
      const limit = choices.limit(0.12, -1, 6)
      return { op, what: choices.thing(body), limit, shielded: random.chance(0.2) }
    }
    case 'asCompleted': {
      const form = random.pick(['next', 'each'] as const)
      return { op, what: things(), limit: choices.limit(0.5, 0, 6), form }
    }
    default:
      return { op: 'await', what: choices.thing(body) }
  }
}
