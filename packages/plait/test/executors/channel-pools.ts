import { ProcessPoolExecutor, ThreadPoolExecutor } from '../../src/executors.ts'
import { type Channel, sleep } from '../../src/index.ts'

/** Both kinds of pool, which are to do the same. */
export const kinds = [
  { kind: 'threads', Pool: ThreadPoolExecutor },
  { kind: 'processes', Pool: ProcessPoolExecutor },
] as const

/** Gives the thread back until it is so. */
export async function eventually(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(1)
}

/** Until so many wait at an end of a channel that is here, those for workers too. */
export function waitersAt<T>(
  channel: Channel<T>,
  end: 'senders' | 'receivers',
  count: number,
): Promise<void> {
  return eventually(() => channel.statistics()[end].length === count)
}

/** Takes out what is in a channel that is here. */
export function drain<T>(channel: Channel<T>): T[] {
  const items: T[] = []
  for (let next = channel.tryReceive(); next?.kind === 'item'; next = channel.tryReceive())
    items.push(next.item)
  return items
}

/** The numbers from 0 on, so many. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n)
}
