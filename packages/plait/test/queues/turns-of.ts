import { getEventLoop, type Operation } from '../../src/index.ts'

/** How many turns of the loop a wait takes: none if it was satisfied. */
export function* turnsOf(wait: Operation<unknown>): Operation<number> {
  let turns = 0
  let isOver = false
  const count = (): void => {
    if (isOver) return
    turns += 1
    getEventLoop().callSoon(count)
  }
  getEventLoop().callSoon(count)
  yield* wait
  isOver = true
  return turns
}
