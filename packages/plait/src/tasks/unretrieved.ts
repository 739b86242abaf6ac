import type { Scheduler } from '../loop/scheduler.ts'

/** A future that failed, as far as reporting goes. */
export interface Failed {
  readonly _loop: Scheduler
  /** What it is called in a report. */
  _title(): string
}

/** What a report says of an error nobody took. The future itself is not held: whoever lets go of it has decided. */
export interface Failure {
  readonly title: string
  readonly error: unknown
  readonly loop: Scheduler
}

const failures = new WeakMap<Failed, Failure>()
const untaken = new WeakMap<Scheduler, Set<Failure>>()

/** Where failures are told; the event loop puts itself here. */
export const failureReport: { tell: (failure: Failure) => void } = { tell: () => {} }

/** Nobody can take the error of a future that nobody has any more. */
const collected = new FinalizationRegistry<Failure>(failure => report(failure))

/** A future has failed, and so far nobody has taken its error. */
export function noteFailure(future: Failed, error: unknown): void {
  const failure: Failure = { title: future._title(), error, loop: future._loop }
  failures.set(future, failure)
  let ofLoop = untaken.get(future._loop)
  if (ofLoop === undefined) {
    ofLoop = new Set()
    untaken.set(future._loop, ofLoop)
  }
  ofLoop.add(failure)
  collected.register(future, failure, future)
}

/** Somebody has taken the error. */
export function forgetFailure(future: Failed): void {
  const failure = failures.get(future)
  if (failure === undefined) return
  failures.delete(future)
  untaken.get(failure.loop)?.delete(failure)
  collected.unregister(future)
}

/** Reports what nobody has taken on this loop: at its end, when nobody will. */
export function reportFailures(loop: Scheduler): void {
  for (const failure of untaken.get(loop) ?? []) report(failure)
}

function report(failure: Failure): void {
  if (untaken.get(failure.loop)?.delete(failure) !== true) return
  failureReport.tell(failure)
}
