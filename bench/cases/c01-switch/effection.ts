// Its sleep(0) is a timer of a millisecond; the nearest to a turn is an action that is resolved at once.
import { action, all, type Operation, run } from 'effection'
import { measure, size } from '../../measure.ts'

const turn = (): Operation<void> =>
  action<void>(resolve => {
    resolve()
    return () => {}
  })

function* worker(turns: number): Operation<void> {
  for (let i = 0; i < turns; i++) yield* turn()
}

const body = (): PromiseLike<unknown> => run(() => all([worker(size / 2), worker(size / 2)]))
await measure([{ metric: 'switch', operations: size, body }])
