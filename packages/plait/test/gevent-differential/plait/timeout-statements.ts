import { Timeout, withTimeout } from '../../../src/gevent.ts'
import { EMPTY, limitOf } from './core-statements.ts'
import { AppError } from './describing.ts'
import type { Operation, Operations } from './operations.ts'
import type { World } from './world.ts'

interface Made {
  readonly scope: number
  readonly ms: number | null
  readonly error: string | false | null
}

export function makeTimeout(world: World, { scope, ms, error }: Made): Timeout {
  const exception = typeof error === 'string' ? new AppError(error) : (error ?? undefined)
  const timeout = new Timeout(limitOf(ms), exception)
  world.timeouts[scope] = timeout
  return world.describer.know(timeout, world.fresh('T'))
}

function byHand<S extends { readonly scope: number }>(act: (timeout: Timeout) => unknown): Operation<S> {
  return (world, _frame, s) => {
    const timeout = world.timeouts[s.scope]
    return timeout === undefined ? EMPTY : act(timeout)
  }
}

export const timeoutOperations: Operations<
  'withTimeout' | 'timeoutNew' | 'timeoutStart' | 'timeoutCancel' | 'timeoutClose' | 'timeoutRead'
> = {
  withTimeout: (world, _, s) => {
    const body = (): unknown => world.call(s.fn, null)
    return s.value === null
      ? withTimeout(limitOf(s.ms), body)
      : withTimeout(limitOf(s.ms), { timeoutValue: s.value }, body)
  },
  timeoutNew: (world, _, s) => makeTimeout(world, s),
  timeoutStart: byHand(timeout => timeout.start()),
  timeoutCancel: byHand(timeout => timeout.cancel()),
  timeoutClose: byHand(timeout => timeout.close()),
  timeoutRead: byHand(timeout => timeout.pending),
}
