import { currentHolder } from '../tasks/holder.ts'
import { config, onSetting } from './config.ts'
import { linesOf, stackHere, suspendedLines } from './stack-lines.ts'

/** Whether greenlets keep where they were spawned: read at each, so a field and not the setting itself. */
export const tracking: { isOn: boolean } = { isOn: false }

/** Takes the setting over, from the environment as well. */
export function readTracking(): void {
  tracking.isOn = config.trackGreenletTree
}

onSetting('trackGreenletTree', readTracking)

interface Spawned {
  readonly error: Error
  readonly suspended: readonly string[]
}

const spawned = new WeakMap<object, Spawned>()
const LINES = 10

/** Keeps the stack that stands here as the one that a greenlet was spawned in. */
export function keepSpawningStack(greenlet: object): void {
  const spawner = currentHolder()
  const suspended = spawner === undefined ? [] : suspendedLines(spawner)
  // The library's own lines count as well, until they are left out.
  spawned.set(greenlet, { error: stackHere(2 * LINES), suspended })
}

/** Where a greenlet was spawned, innermost first. */
export function spawningStackOf(greenlet: object): readonly string[] | undefined {
  const found = spawned.get(greenlet)
  return found && [...linesOf(found.error), ...found.suspended].slice(0, LINES).map(line => line.trim())
}
