import { GeneratorExit } from '../../src/coroutine.ts'
import { type Body, type Driven, perform, type Steps } from './delegation-programs.ts'

/*
 * What the coroutines are compared with: native generators alone, with PEP 342's close and PEP 380's delegation written
 * out. A raw generator is delegated to natively, as the language has it.
 */

class IgnoredExit extends Error {
  readonly code = 'ignoredExit'
}

class SentBeforeStart extends Error {
  readonly code = 'sentBeforeStart'
}

export function modelOf(program: Body, log: string[]): Steps {
  const steps = perform(program, log, modelOf)
  return program.kind === 'raw' ? steps : delegateTo(steps)
}

/** `yield*` as PEP 380 has it: a GeneratorExit closes the callee and goes on in the caller. */
function* delegateTo(callee: Steps): Steps {
  let isOver = false
  try {
    let result = callee.next()
    while (result.done !== true) {
      let sent: unknown
      let thrown: { error: unknown } | undefined
      try {
        sent = yield result.value
      } catch (error) {
        thrown = { error }
      }
      if (thrown === undefined) result = callee.next(sent)
      else if (thrown.error instanceof GeneratorExit) {
        isOver = true
        closeModel(callee)
        throw thrown.error
      } else result = callee.throw(thrown.error)
    }
    isOver = true
    return result.value
  } catch (error) {
    isOver = true
    throw error
  } finally {
    // Left natively, by return().
    if (!isOver) closeModel(callee)
  }
}

/** A root, driven by hand. */
export function drivenModel(program: Body, log: string[]): Driven {
  const steps = perform(program, log, modelOf)
  let isStarted = false
  const started = () => {
    isStarted = true
    return steps
  }
  return {
    next: () => started().next(),
    send: value => {
      if (!isStarted) throw new SentBeforeStart()
      return steps.next(value)
    },
    throw: error => started().throw(error),
    close: () => closeModel(started()),
  }
}

function closeModel(steps: Steps): unknown {
  let result: IteratorResult<unknown, unknown>
  try {
    result = steps.throw(new GeneratorExit())
  } catch (error) {
    if (error instanceof GeneratorExit) return undefined
    throw error
  }
  if (result.done !== true) throw new IgnoredExit()
  return result.value
}
