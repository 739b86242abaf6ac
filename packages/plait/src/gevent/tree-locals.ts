import { currentStrand } from '../tasks/current.ts'
import type { Task } from '../tasks/task.ts'

interface Sharing {
  readonly spawnTreeLocals?: Record<PropertyKey, unknown>
}

/** What a greenlet made here shares with the others of its tree: what its maker shares; in the main greenlet, a new one. */
export function treeLocalsOf(): Record<PropertyKey, unknown> {
  const maker = (currentStrand() as Task<unknown> | undefined)?._whole as Sharing | undefined
  return maker?.spawnTreeLocals ?? {}
}
