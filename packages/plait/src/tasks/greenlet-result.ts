import { TwinFrame } from '../coroutine/twin-frame.ts'
import type { Frame, Strand } from '../coroutine/wait.ts'
import { isOwnIterator, isPromiseLike } from './runnable.ts'
import { BEGUN, NATIVE } from './task-state.ts'

/** What a plain function may give that is to be run, as it is where nothing is transformed: `() => load(url)`. */
export function isToBeRun(value: unknown): boolean {
  return isOwnIterator(value) || isPromiseLike(value)
}

interface Begun extends Strand {
  _flags: number
  _waiting: unknown
  _leaf: Frame | undefined
  run(): void
}

/** Whether a strand whose root has returned goes on with what that gave: it does if the root is a plain function. One that gives itself could wait for ever. */
export function goesOn(strand: Begun, value: unknown): boolean {
  if (!(strand._leaf instanceof TwinFrame) || value === strand || !isToBeRun(value)) return false
  strand._leaf = undefined
  strand._waiting = undefined
  strand._flags &= ~(BEGUN | NATIVE)
  strand._gen = (() => value) as never
  strand.run()
  return true
}
