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
 * Nothing in the program can ever run again, and it has not ended. Names every task and what it waits for: those first
 * who wait for each other in a circle, where there are such.
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
  // Not fields: whoever prints the error would print them as well, after a message that says it all.
  readonly #tasks: readonly StuckTask[]
  readonly #circles: readonly (readonly string[])[]

  constructor(tasks: readonly StuckTask[], circles: readonly (readonly string[])[] = []) {
    const count = tasks.length === 1 ? '1 task is waiting' : `${tasks.length} tasks are waiting`
    const lines = [
      `nothing can ever run again, and ${count}:`,
      ...circles.slice(0, MOST_TOLD).map(circle => `  ${tellCircle(circle)}`),
      ...tasks.slice(0, MOST_TOLD).map(tellTask),
    ]
    if (tasks.length > MOST_TOLD)
      lines.push(`  and ${tasks.length - MOST_TOLD} more: error.tasks lists them all`)
    super(lines.join('\n'))
    this.#tasks = tasks
    this.#circles = circles
  }

  /** Every task that waits; those in a circle first. */
  get tasks(): readonly StuckTask[] {
    return this.#tasks
  }

  /** The names of tasks that wait each for the next, and the last for the first. */
  get circles(): readonly (readonly string[])[] {
    return this.#circles
  }
}
DeadlockError.prototype.name = 'DeadlockError'

const MOST_TOLD = 50

function tellCircle(circle: readonly string[]): string {
  if (circle.length === 1) return `${circle[0]} waits for itself`
  return `in a circle: ${[...circle, circle[0]].join(' → ')}`
}

function tellTask({ task, coroutine, waitsFor, location }: StuckTask): string {
  const inside = coroutine === '' ? '' : ` (${coroutine})`
  const place = location === undefined ? '' : `\n    at ${location}`
  return `  ${task}${inside} waits for ${waitsFor}${place}`
}
