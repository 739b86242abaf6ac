import type { Fault as AnyFault } from '../find-faults.ts'

/** One rule of asyncio, broken. */
export interface Fault extends AnyFault {
  readonly trap: number
}
