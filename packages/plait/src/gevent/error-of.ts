import { GreenletExit, greenletExit } from '../errors/greenlet-exit.ts'

/** The error to throw: given a class, a new one. */
export function errorOf(exception: unknown): unknown {
  if (exception === GreenletExit) return greenletExit()
  return typeof exception === 'function' ? new (exception as new () => unknown)() : exception
}
