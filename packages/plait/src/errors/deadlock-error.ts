/** One task of a stuck program: its name, the coroutine it stands in, and what it waits for. */
export interface StuckTask {
  readonly task: string
  /** Its coroutines, outermost first. */
  readonly coroutine: string
  /** Where the innermost one is suspended, where the engine can tell. */
  readonly location?: string | undefined
  readonly waitsFor: string
}

/**
 * Nothing in the program can ever run again, and it has not ended. Names every task and what it waits for.
 *
 * @example
 * ```ts
 * await run(function* () { yield* new Future() })
 * // DeadlockError: nothing can ever run again, and 1 task is waiting:
 * //   main (a generator) waits for a future that nobody has set
 * //     at file:///home/ann/first.ts:3:30
 * ```
 */
export class DeadlockError extends Error {
  readonly tasks: readonly StuckTask[]

  constructor(tasks: readonly StuckTask[]) {
    const lines = tasks.map(({ task, coroutine, waitsFor, location }) => {
      const place = location === undefined ? '' : `\n    at ${location}`
      return `  ${task} (${coroutine}) waits for ${waitsFor}${place}`
    })
    const count = tasks.length === 1 ? '1 task is waiting' : `${tasks.length} tasks are waiting`
    super(`nothing can ever run again, and ${count}:\n${lines.join('\n')}`)
    this.tasks = tasks
  }
}
DeadlockError.prototype.name = 'DeadlockError'
