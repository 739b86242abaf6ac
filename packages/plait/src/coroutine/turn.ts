import { type Awaitable, type Resume, suspendOn, TURN, type Wait } from './wait.ts'

/** Gives way for one turn: stateless, since it is resumed with TURN and started with undefined. */
const giveWay: Iterator<Wait, void, Resume> = {
  next(resumedWith?: unknown): IteratorResult<Wait, void> {
    if (resumedWith === TURN) return { done: true, value: undefined }
    return suspendOn(TURN) as IteratorYieldResult<Wait>
  },
  throw(error: unknown): never {
    throw error
  },
}

/** The operation of one turn. Its color for async functions is given by the tasks. */
export const turn: Pick<Awaitable<void>, typeof Symbol.iterator> = {
  [Symbol.iterator]: () => giveWay,
}
