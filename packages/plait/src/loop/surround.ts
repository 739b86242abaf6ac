import { ambient, Surroundings, surroundings, type Seat } from '../coroutine/context-var.ts'
import type { HostScope } from '../coroutine/context-var.ts'
import type { AsyncContext } from './host.ts'

/** A loop, as far as surroundings go: its own host scope is that of everything made on it without another. */
export interface Ground {
  readonly _scope: HostScope
  readonly _asyncContext: AsyncContext | undefined
}

/** What is around the running code, the host's context included: taken for whatever is made to run later. */
export function takeSurroundings(ground: Ground): Surroundings {
  const around = surroundings()
  const context = ground._asyncContext
  if (context === undefined) return around
  const before = around.scope ?? ground._scope
  const scope = context.capture(before)
  // Outside a step the scope that was kept tells nothing of where we are: compare with the loop's own.
  if (scope === before) return around
  return new Surroundings(around.vars, scope === ground._scope ? undefined : scope)
}

/** Runs a step of whatever sits here in its own surroundings, and keeps what they become. */
export function within<S extends Seat>(seat: S, step: (seat: S) => void): void {
  const { inside, current } = ambient
  const around = seat._context
  ambient.inside = true
  ambient.current = around
  if (around.scope === undefined) step(seat)
  else around.scope.runInAsyncScope(step, undefined, seat)
  seat._context = ambient.current
  ambient.inside = inside
  ambient.current = current
}
