import { running, type Seat, world } from '../coroutine/surroundings.ts'
import type { Strand } from '../coroutine/wait.ts'
import { defaultHost } from '../loop/default-host.ts'
import { active, type Scheduler } from '../loop/scheduler.ts'

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
  const strand = (context?.owner() ?? active.resumed) as Runner | undefined
  // A promise that outlives its task belongs to nobody.
  return strand === undefined || strand.done() ? undefined : strand
}

/** Makes the loop that serves a thread outside any `run`. */
export const hostLoop: { make: () => Scheduler; loop: Scheduler | undefined } = {
  make: () => {
    throw new Error('the tasks are not loaded: import "plait"')
  },
  loop: undefined,
}

/** The loop of the running code, else the thread's own. */
export function currentLoop(): Scheduler {
  const loop = active.loop ?? currentStrand()?._loop
  if (loop !== undefined) return loop
  hostLoop.loop ??= hostLoop.make()
  return hostLoop.loop
}

running.outside = () => asyncStrand()?._seat ?? world
