import { running, type Seat } from '../coroutine/surroundings.ts'
import { delivery } from '../coroutine/transfer.ts'
import type { Strand } from '../coroutine/wait.ts'
import type { GreenletNode } from './node.ts'

type Callback = (event: 'switch' | 'throw', greenlets: readonly [GreenletNode, GreenletNode]) => unknown

/** Told of every switch, if anybody wants to be. */
export const tracer: { callback: Callback | undefined } = { callback: undefined }

/**
 * Tells of a switch, in the greenlet that was switched to. A callback that throws is not called again, and what it has thrown
 * is what that greenlet goes on with.
 */
export function tellTracer(strand: Strand, origin: GreenletNode, target: GreenletNode): void {
  const before = running.strand
  running.strand = strand as unknown as Seat
  try {
    tracer.callback?.(delivery.throws ? 'throw' : 'switch', [origin, target])
  } catch (error) {
    tracer.callback = undefined
    delivery.throws = true
    delivery._result = error
  } finally {
    running.strand = before
  }
}
