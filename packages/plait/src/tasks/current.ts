import { running, type Seat, world } from '../coroutine/surroundings.ts'
import type { Strand } from '../coroutine/wait.ts'
import { defaultHost } from '../loop/default-host.ts'
import { active, Scheduler } from '../loop/scheduler.ts'

/** What the rest of the runtime needs of whoever is running: a task, or a part of one (see `_owner`). */
export interface Runner extends Strand, Seat {
  readonly _loop: Scheduler
  /** The task this is a part of: an operation awaited by an async function, an async body inside a generator. */
  readonly _owner: Runner | undefined
  /** Where its context variables are. */
  readonly _seat: Seat
  readonly name: string
  done(): boolean
}

/**
 * The part of a task that is running: of the step under way, else, between steps, of the async function that the
 * host's context says we are in.
 */
export function currentStrand(): Runner | undefined {
  return (running.strand as Runner | undefined) ?? asyncStrand()
}

/** The part of a task that an async function belongs to, where the host can tell. */
export function asyncStrand(): Runner | undefined {
  const context = defaultHost().asyncContext
  const owner = context?.owner() ?? active.resumed
  if (owner === undefined || owner instanceof Scheduler) return undefined
  // A promise that outlives its task belongs to nobody.
  const strand = owner as Runner
  return strand.done() ? undefined : strand
}

/** The loop that a callback of the host was registered on, while it runs. */
function ownerLoop(): Scheduler | undefined {
  const owner = defaultHost().asyncContext?.owner()
  const loop = owner instanceof Scheduler ? owner : (owner as Runner | undefined)?._loop
  return loop?.isRunning() === true ? loop : undefined
}

/** Which loop is to tell the running code of a future: its own, wherever the future came from. */
export function watcherLoop(future: { readonly _loop: Scheduler }): Scheduler {
  const own = active.loop ?? currentStrand()?._loop ?? ownerLoop()
  return own ?? (future._loop.isClosed() ? currentLoop() : future._loop)
}

/** Makes the loop that serves a thread outside any `run`. */
export const hostLoop: { make: () => Scheduler; loop: Scheduler | undefined } = {
  make: () => {
    throw new Error('the tasks are not loaded: import "plait"')
  },
  loop: undefined,
}

/** The loop that serves a thread outside any `run`: it is there as long as the thread is. */
export function threadLoop(): Scheduler {
  hostLoop.loop ??= hostLoop.make()
  return hostLoop.loop
}

/** The loop of the running code, else the thread's own. */
export function currentLoop(): Scheduler {
  return active.loop ?? currentStrand()?._loop ?? ownerLoop() ?? threadLoop()
}

running.outside = () => asyncStrand()?._seat ?? world
