import { currentSeat, type HostScope, Surroundings } from '../coroutine/surroundings.ts'
import type { AsyncContext } from './host.ts'

/** A loop, as far as surroundings go: its own host scope is that of everything made on it without another. */
export interface Ground {
  readonly _scope: HostScope
  readonly _asyncContext: AsyncContext | undefined
}

/** What is around the running code, the host's context included: taken for whatever is made to run later. */
export function takeSurroundings(ground: Ground): Surroundings {
  const around = currentSeat()._context
  const context = ground._asyncContext
  if (context === undefined) return around
  const before = around.scope ?? ground._scope
  const scope = context.capture(before)
  if (scope === before) return around
  return new Surroundings(around.vars, scope === ground._scope ? undefined : scope)
}
