import { GeneratorExit } from '../errors/generator-exit.ts'
import { misuse } from '../errors/misuse.ts'
import { CLOSED } from './frame-state.ts'
import { type Frame, passing, type Strand } from './wait.ts'

/**
 * Resumes the innermost frame of a strand and follows what it returns or throws up its stack, until a frame suspends
 * or the root ends. What the root throws is thrown. The stack is a list of frames linked by `_caller`, so a resume
 * costs the same at depth 1 and 1000 (15 ns measured, where native `yield*` takes 1,650 at depth 100).
 */
export function resume(strand: Strand, throwing: boolean, input: unknown): IteratorResult<unknown, unknown> {
  // PEP 380: closing reaches every frame, even one whose callee took its own GeneratorExit as a reason to return.
  const exit = throwing && input instanceof GeneratorExit ? input : undefined
  for (;;) {
    const frame = strand._leaf
    const gen = frame === undefined ? (strand._root as Iterator<unknown, unknown, unknown>) : frame._gen
    let result: IteratorResult<unknown, unknown>
    try {
      result = throwing ? throwInto(gen, input) : gen.next(input)
    } catch (error) {
      if (!popThrown(strand, error)) throw error
      throwing = true
      input = error
      continue
    }
    if (result.done === true) {
      if (!popReturned(strand, result.value)) return result
      throwing = exit !== undefined
      input = exit ?? frame
      continue
    }
    if (passing.result === result) adopt(strand)
    if (exit === undefined || frame === undefined || isRoot(strand, frame)) return result
    popFrame(strand, frame)
    throwing = true
    input = misuse('ignoredExit', frame.name, result.value)
  }
}

/** The innermost frame has returned: its caller is next, resumed with that frame. False if it was the root. */
export function popReturned(strand: Strand, value: unknown): boolean {
  const frame = strand._leaf
  if (frame === undefined) return false
  frame._flags = CLOSED
  if (isRoot(strand, frame)) return false
  popFrame(strand, frame)
  frame._result = value
  return true
}

/** The innermost frame has thrown: its caller is next, to be thrown into. False if it was the root. */
export function popThrown(strand: Strand, error: unknown): boolean {
  const frame = strand._leaf
  if (frame === undefined) return false
  frame._flags = CLOSED
  if (isRoot(strand, frame)) return false
  if (error instanceof Error) trail(error, frame)
  popFrame(strand, frame)
  return true
}

/** A callee suspended inside the innermost frame: from here on the strand resumes the callee itself. */
export function adopt(strand: Strand): void {
  const frame = strand._leaf
  const top = passing.top as Frame
  top._caller = frame
  if (frame !== undefined) frame._inner = top
  strand._leaf = passing.leaf
  for (let inner: Frame | undefined = top; inner !== undefined; inner = inner._inner) inner._strand = strand
  passing.result = undefined
}

/**
 * A generator has `throw`; a hand-written iterator may not, and then the error is its end. Where a generator stands in
 * native `yield*` over such an iterator the engine throws a TypeError of its own; PEP 380 wants the original error.
 */
function throwInto(
  gen: Iterator<unknown, unknown, unknown>,
  error: unknown,
): IteratorResult<unknown, unknown> {
  if (gen.throw === undefined) throw error
  try {
    return gen.throw(error)
  } catch (thrown) {
    throw thrown !== error && thrown instanceof TypeError && NO_THROW.test(thrown.message) ? error : thrown
  }
}

/** How V8, SpiderMonkey and JavaScriptCore say that the iterator in a `yield*` cannot be thrown into. */
const NO_THROW = /iterator.*(?:does not (?:provide|have) a ['"]?throw['"]? method)/i

function isRoot(strand: Strand, frame: Frame): boolean {
  return frame._caller === undefined && strand._root === undefined
}

function popFrame(strand: Strand, frame: Frame): void {
  const caller = frame._caller
  strand._leaf = caller
  if (caller !== undefined) caller._inner = undefined
  frame._caller = undefined
  frame._strand = undefined
}

/** The coroutines an error came through, innermost first: the stack the engine cannot see. */
const trails = new WeakMap<Error, string[]>()

function trail(error: Error, frame: Frame): void {
  const names = trails.get(error)
  if (names === undefined) trails.set(error, [frame.name])
  else names.push(frame.name)
}

/** The names of the coroutines an error has come through so far, innermost first. */
export function trailOf(error: Error): readonly string[] {
  return trails.get(error) ?? []
}
