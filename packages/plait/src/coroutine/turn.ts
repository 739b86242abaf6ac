import { bare, type Operation, passing, type Resume, TURN, TURNING, type Wait } from './wait.ts'

const OVER: IteratorReturnResult<void> = Object.freeze({ done: true, value: undefined })

/** Gives way for one turn: stateless, since it is resumed with TURN and started with undefined. */
const giveWay: Iterator<Wait, void, Resume> = {
  next(resumedWith?: unknown): IteratorResult<Wait, void> {
    if (resumedWith === TURN) return OVER
    passing.result = undefined
    return TURNING as unknown as IteratorYieldResult<Wait>
  },
  throw(error: unknown): never {
    throw error
  },
}

bare.turn = giveWay

/** The operation of one turn. Its color for async functions is given by the tasks. */
export const turn: Operation<void> = {
  [Symbol.iterator]: () => giveWay,
}
