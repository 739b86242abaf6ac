import { nodeModule } from '../coroutine/node-module.ts'
import { GreenletTree } from './greenlet-tree.ts'
import { linesOf, stackHere } from './stack-lines.ts'

/** What is to be told of what runs. */
export interface RunInfoOptions {
  /** Whether to tell where the thread stands. */
  threadStacks?: boolean | undefined
  /** Whether to tell where each greenlet stands: half a millisecond for each. */
  greenletStacks?: boolean | undefined
  /** How many calls of each stack, the innermost; else all. */
  limit?: number | undefined
}

/**
 * What runs on this thread, line by line: where it stands, and the tree of its greenlets, with where each of them stands, where
 * it was spawned, and what it has of its own. Other threads cannot be looked into.
 *
 * @example
 * ```ts
 * const lines = formatRunInfo({ greenletStacks: false })
 * ```
 * @see gevent.util.format_run_info
 */
export function formatRunInfo(options: RunInfoOptions = {}): string[] {
  const { threadStacks = true, greenletStacks = true, limit } = options
  const stack = threadStacks ? linesOf(stackHere()).slice(0, limit) : []
  const trees = GreenletTree.forest().map(tree =>
    tree.formatLines({ runningStacks: greenletStacks, runningStackLimit: limit }),
  )
  return [
    RULE,
    '* Threads',
    RULE,
    `${threadName()} (CURRENT)`,
    ...stack,
    RULE,
    '* Greenlets',
    RULE,
    ...trees.flat(),
  ]
}

/**
 * Prints what runs on this thread: see `formatRunInfo`.
 *
 * @param print takes each line; to the standard error stream, if it is not given
 * @example
 * ```ts
 * signalHandler('SIGUSR2', () => printRunInfo())
 * ```
 * @see gevent.util.print_run_info
 */
export function printRunInfo(print: (line: string) => void = console.error, options?: RunInfoOptions): void {
  for (const line of formatRunInfo(options)) print(line)
}

const RULE = '*'.repeat(80)

function threadName(): string {
  const threads = nodeModule<typeof import('node:worker_threads')>('node:worker_threads')
  if (threads === undefined) return 'This thread'
  return `Thread ${threads.threadId}${threads.isMainThread ? ', the main one' : ''}`
}
