import { Coroutine } from '../coroutine/coroutine.ts'
import { inspectGenerator } from '../coroutine/location.ts'
import { isPlainWait } from '../coroutine/twin-frame.ts'
import type { Frame } from '../coroutine/wait.ts'

/** One coroutine, or one plain function, on a task's stack, and where it is suspended, where the engine can tell. */
export interface StackEntry {
  readonly name: string
  readonly location: string | undefined
}

/** A task, as far as its stack goes. */
interface Stacked {
  readonly _leaf: Frame | undefined
  getCoro(): unknown
}

/** The coroutines and plain functions of a task, outermost first. Asking the engine for names and places costs about half a millisecond each. */
export function stackOf(task: Stacked): StackEntry[] {
  const frames: StackEntry[] = []
  for (let frame = task._leaf; frame !== undefined; frame = frame._caller) {
    if (isPlainWait(frame)) continue
    const found = inspectGenerator(frame._gen)
    frames.unshift({ name: frame.name || found?.name || 'a generator', location: found?.location })
  }
  return frames.length > 0 ? frames : [entryOf(task.getCoro())]
}

/** What has not begun, or is an async function, or a generator that calls no coroutine. */
function entryOf(root: unknown): StackEntry {
  if (typeof root === 'function') return { name: root.name || 'a function', location: undefined }
  if (root instanceof Coroutine) return { name: root.name, location: undefined }
  const found = inspectGenerator(root)
  return { name: found?.name ?? 'a generator', location: found?.location }
}
