import { Coroutine } from '../coroutine/coroutine.ts'
import { inspectGenerator } from '../coroutine/location.ts'
import type { Frame } from '../coroutine/wait.ts'

/** One coroutine on a task's stack, and where it is suspended, where the engine can tell. */
export interface StackEntry {
  readonly name: string
  readonly location: string | undefined
}

/** A task, as far as its stack goes. */
interface Stacked {
  readonly _leaf: Frame | undefined
  readonly _root: unknown
  getCoro(): unknown
}

/** The coroutines of a task, outermost first. Asking the engine for names and places costs about half a millisecond each. */
export function stackOf(task: Stacked): StackEntry[] {
  const frames: StackEntry[] = []
  for (let frame = task._leaf; frame !== undefined; frame = frame._caller) {
    frames.unshift({ name: frame.name, location: inspectGenerator(frame._gen)?.location })
  }
  const root = task._leaf === undefined || task._root !== undefined ? task.getCoro() : undefined
  return root === undefined ? frames : [entryOf(root), ...frames]
}

function entryOf(root: unknown): StackEntry {
  if (typeof root === 'function') return { name: root.name || 'a function', location: undefined }
  const found = inspectGenerator(root instanceof Coroutine ? root._gen : root)
  if (root instanceof Coroutine) return { name: root.name, location: found?.location }
  return { name: found?.name ?? 'a generator', location: found?.location }
}
