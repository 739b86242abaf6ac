import { show } from '../errors/show.ts'
import { waitsFor } from '../tasks/deadlock.ts'
import { currentHolder } from '../tasks/holder.ts'
import type { Task } from '../tasks/task.ts'
import { BEGUN } from '../tasks/task-state.ts'
import { localsOf } from './local.ts'
import { spawningStackOf } from './spawning-stack.ts'
import { linesOf, stackHere, suspendedLines } from './stack-lines.ts'

/** What is told of each greenlet of a tree beside its name. */
export interface TreeDetails {
  /** Where each stands. To find out takes about half a millisecond a greenlet. */
  readonly runningStacks?: boolean | undefined
  /** How many calls of that, the innermost; else all. */
  readonly runningStackLimit?: number | undefined
  /** Where each was spawned, if `config.trackGreenletTree` was set. */
  readonly spawningStacks?: boolean | undefined
  /** What each has in a Local, and what it shares with those it has spawned. */
  readonly locals?: boolean | undefined
}

export const ALL_DETAILS: TreeDetails = { runningStacks: true, spawningStacks: true, locals: true }

/** A greenlet and its state: how it is called in a tree. */
export function labelOf(greenlet: Task<unknown>): string {
  return `${greenlet}; ${stateOf(greenlet)}`
}

function stateOf(greenlet: Task<unknown>): string {
  if (greenlet === currentHolder()) return 'running'
  return hasBegun(greenlet) ? `waits for ${waitsFor(greenlet)}` : 'not begun'
}

function hasBegun(greenlet: Task<unknown>): boolean {
  return (greenlet._flags & BEGUN) !== 0
}

/** What else is known of a greenlet. */
export function linesAbout(greenlet: Task<unknown>, details: TreeDetails): string[] {
  const lines: string[] = []
  const add = (title: string, found: readonly string[]): void => {
    if (found.length > 0) lines.push(title, ...found.map(line => `  ${line}`))
  }
  if (details.runningStacks === true && hasBegun(greenlet))
    add('Running:', stackOf(greenlet, details.runningStackLimit))
  if (details.spawningStacks === true) add('Spawned at:', spawningStackOf(greenlet) ?? [])
  if (details.locals === true) {
    add('Spawn Tree Locals:', pairs(treeLocals(greenlet)))
    for (const { name, values } of localsOf(greenlet)) add(`Greenlet Locals, ${name}:`, pairs(values))
  }
  return lines
}

/** Where a greenlet stands, innermost first. */
function stackOf(greenlet: Task<unknown>, limit: number | undefined): string[] {
  const lines =
    greenlet === currentHolder()
      ? [...linesOf(stackHere()), ...suspendedLines(greenlet)].map(line => line.trim())
      : greenlet
          .getStack()
          .map(({ name, location }) => `at ${name}${location === undefined ? '' : ` (${location})`}`)
          .reverse()
  return lines.slice(0, limit)
}

interface Sharing {
  readonly spawnTreeLocals?: Readonly<Record<PropertyKey, unknown>>
}

/** What a greenlet shares with those beneath it, where that is not its spawner's, of which it is told there. */
function treeLocals(greenlet: Task<unknown>): Readonly<Record<PropertyKey, unknown>> {
  const own = (greenlet as Sharing).spawnTreeLocals
  const spawners = (greenlet.parent as Sharing | undefined)?.spawnTreeLocals
  return own === undefined || own === spawners ? {} : own
}

function pairs(values: Readonly<Record<PropertyKey, unknown>>): string[] {
  return Reflect.ownKeys(values).map(key => `${String(key)}: ${show(values[key])}`)
}
