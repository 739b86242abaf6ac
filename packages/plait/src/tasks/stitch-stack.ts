import { titleOf, trailOf } from '../coroutine/stack.ts'
import type { Frame } from '../coroutine/wait.ts'

/** A task, as far as its place in a stack trace goes. */
interface Traced {
  readonly name: string
  readonly _leaf: Frame | undefined
  readonly _parent: Traced | undefined
}

const stitched = new WeakSet<Error>()

/**
 * Adds to an error's stack what the engine cannot see: the coroutines and plain functions it came through, the task they ran in, and the
 * tasks that made that one. Once an error; the first task it ends is where it happened.
 */
export function stitchStack(error: Error, task: Traced): void {
  if (stitched.has(error) || Object.isFrozen(error)) return
  stitched.add(error)
  const names = [...trailOf(error)]
  if (task._leaf !== undefined && task._leaf.name !== '') names.push(titleOf(task._leaf))
  const lines = names.map(name => `    at ${name}`)
  lines.push(`    in task ${task.name}`)
  for (let maker = task._parent; maker !== undefined; maker = maker._parent)
    lines.push(`    made by task ${maker.name}`)
  try {
    const stack = error.stack ?? `${error.name}: ${error.message}`
    error.stack = `${stack}\n${lines.join('\n')}`
  } catch {
    // An error that will not have its stack read or changed keeps the one it has.
  }
}
