import { currentStrand } from '../tasks/current.ts'
import type { Task } from '../tasks/task.ts'

interface Sharing {
  readonly spawnTreeLocals?: Record<PropertyKey, unknown>
}

/** What a greenlet made here shares with the others of its tree: what its maker does. In the main greenlet a tree begins. */
export function treeLocalsOf(): Record<PropertyKey, unknown> | undefined {
  const maker = (currentStrand() as Task<unknown> | undefined)?._whole as Sharing | undefined
  return maker?.spawnTreeLocals
}
