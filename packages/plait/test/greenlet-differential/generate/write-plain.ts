import { limits, type Operation, type Statement } from '../program.ts'
import type { Choices } from './choices.ts'

/** Writes what holds no block. */
export function writePlain(choices: Choices, op: Operation, body: number): Statement {
  const { random } = choices
  const variable = random.chance(0.8) ? 0 : random.between(0, limits.variables - 1)
  switch (op) {
    case 'throw':
      return { op, to: choices.target(body), error: random.chance(0.3) ? null : choices.error() }
    case 'create':
      return choices.create(body, random.between(1, limits.slots - 1))
    case 'setRun':
      return { op, of: choices.any(), body: choices.laterBody(body), generator: random.chance(0.5) }
    case 'setParent': {
      const isOdd = random.chance(0.1)
      const other = choices.foreign && random.chance(0.75) ? choices.stranger() : choices.any()
      return { op, of: choices.any(), to: isOdd ? random.pick(['nothing', 'number']) : other }
    }
    case 'look': {
      const isStrange = choices.foreign && random.chance(0.2)
      return { op, at: isStrange ? choices.stranger() : choices.any() }
    }
    case 'setVariable':
      return { op, variable, value: random.between(1, 99) }
    case 'getVariable':
      return { op, variable }
    case 'setContext': {
      const to = random.weighted([
        ['copy', 3],
        ['nothing', 2],
        ['number', 1],
        ['other', 6],
      ] as const)
      return { op, of: choices.any(), to: to === 'other' ? choices.any() : to }
    }
    case 'readContext':
      return { op, of: choices.any(), variable }
    case 'trace': {
      const isOff = random.chance(0.25)
      const fails = random.chance(0.3) ? random.between(0, 4) : null
      return { op, tracer: isOff ? null : random.between(0, limits.tracers - 1), fails: isOff ? null : fails }
    }
    case 'pause':
      return { op, how: random.pick(['turn', 'sleep', 'promise']) }
    case 'raise':
      return { op, error: choices.error() }
    case 'return':
      return { op, value: choices.value() }
    default:
      return { op: 'switch', to: choices.target(body), args: choices.values() }
  }
}
