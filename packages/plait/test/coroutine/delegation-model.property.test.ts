import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coroutine, GeneratorExit } from '../../src/coroutine.ts'
import { drivenModel, modelOf } from './delegation-model.ts'
import {
  type Body,
  type Driven,
  perform,
  play,
  programs,
  type Steps,
  scripts,
} from './delegation-programs.ts'

const performing = coroutine(perform)

/** Coroutines and raw generators, as the program says. */
function make(program: Body, log: string[]): Steps {
  return program.kind === 'raw'
    ? perform(program, log, make)
    : (performing(program, log, make) as unknown as Steps)
}

const exit = () => new GeneratorExit()

test('any tree of coroutines and raw generators, driven by hand, does what PEP 342 and PEP 380 say', () => {
  fc.assert(
    fc.property(
      programs('coroutine'),
      scripts('next', 'send', 'throw', 'throwExit', 'close'),
      (program, script) => {
        const [log, expected]: [string[], string[]] = [[], []]
        play(performing(program, log, make) as Driven, script, exit, log)
        play(drivenModel(program, expected), script, exit, expected)
        expect(log).toEqual(expected)
      },
    ),
    { numRuns: 5000 },
  )
})

test('any such tree below a raw generator that is stepped natively does the same, by value', () => {
  fc.assert(
    fc.property(programs('raw'), scripts('next', 'send', 'throw', 'close'), (program, script) => {
      const [log, expected]: [string[], string[]] = [[], []]
      play(stepped(make(program, log)), script, exit, log)
      play(stepped(modelOf(program, expected)), script, exit, expected)
      expect(log).toEqual(expected)
    }),
    { numRuns: 5000 },
  )
})

/** A generator, driven as the language drives it. */
function stepped(steps: Steps): Driven {
  return {
    next: () => steps.next(),
    send: value => steps.next(value),
    throw: error => steps.throw(error),
    close: () => steps.return('closed'),
  }
}
