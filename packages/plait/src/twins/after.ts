import type { Steps } from '../coroutine/twin.ts'
import { passUp, plainWaits, TwinFrame } from '../coroutine/twin-frame.ts'
import { S } from './enter.ts'

/** What a twin is resumed with where it yielded S: the frame of the callee, which has returned. */
export interface Resumed {
  readonly _result: unknown
}

/** The steps of the runtime's own functions that can be suspended. */
export type Suspendable<T> = Generator<unknown, T, Resumed>

/** What a stack need not show: the function that is shown is the one that has suspended. */
const REST = { name: 'rest' }
plainWaits.add(REST)

/**
 * What is left to do after a call that has suspended: `rest` begins with `yield S`, and is resumed with the callee's
 * frame. So a function of the runtime's needs a generator only when something has suspended; where nothing does it is a
 * plain function. Unlike `e` it asks for no room on the native stack, since nothing is entered.
 */
export function after(rest: Suspendable<unknown>): unknown {
  rest.next()
  passUp(new TwinFrame(rest as Steps, REST, true))
  return S
}
