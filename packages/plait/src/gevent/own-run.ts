import { plainFunction } from '../greenlet/plain-method.ts'
import { called } from './called.ts'

/** What a greenlet does that was given nothing to do. */
export function nothing(): void {}

interface OwnRun {
  _run(...args: readonly unknown[]): unknown
}

/** Calls the method `_run` of a class that extends Greenlet. */
export function ownRun(greenlet: OwnRun, args: readonly unknown[]): unknown {
  return greenlet._run(...args)
}

plainFunction(ownRun, (greenlet: unknown, args: unknown) =>
  called((greenlet as OwnRun)._run, args as readonly unknown[], greenlet),
)
