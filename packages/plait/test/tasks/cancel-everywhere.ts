import { createTask, getEventLoop, isCancelled, type Runnable } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

/** What a program logged, each with its time, and how it ended. */
export interface Trace {
  readonly log: string[]
  readonly end: string
}

export type Log = (entry: string) => void
export type Program = (log: Log) => Runnable<unknown>

/** When a cancel comes: at a time, before what is due then, or after what that woke has run. */
export type Moment = { readonly at: number; readonly after?: true }

/** Every moment of a program that takes so long and waits for whole milliseconds. */
export function moments(length: number): Moment[] {
  return Array.from({ length: length + 1 }, (_, at): Moment[] => [
    { at },
    { at, after: true },
    { at: at + 0.5 },
  ]).flat()
}

/** Moments between the waits: what happens then does not depend on the order of turns. */
export const between = ({ at }: Moment): boolean => !Number.isInteger(at)

/** Runs a program in a task of its own that is cancelled at these moments. */
export function traceOf(program: Program, cancels: readonly Moment[] = []): Promise<Trace> {
  return runVirtual(function* () {
    const loop = getEventLoop()
    const start = loop.time()
    const log: string[] = []
    const cancel = (): unknown => task.cancel()
    // Made before the program's own timers, so that they are first among those due at one time.
    for (const { at, after } of cancels)
      loop.callLater(at, after === undefined ? cancel : () => loop.callSoon(() => loop.callSoon(cancel)))
    const task = createTask(program(entry => log.push(`${loop.time() - start} ${entry}`)))
    let end: string
    try {
      end = `value ${String(yield* task)}`
    } catch (error) {
      end = isCancelled(error) ? 'cancelled' : `error ${causesOf(error)}`
    }
    return { log, end: `${loop.time() - start} ${end}` }
  })
}

/** An error and what it took the place of. */
export function causesOf(error: unknown): string {
  const found: string[] = []
  for (let one = error; one instanceof Error; one = one.cause) found.push(one.message || one.name)
  return found.join(' after ')
}

/** The traces of a program, uncancelled, then cancelled at each of these moments, and at each two of them. */
export async function tracesOf(program: Program, when: readonly Moment[]): Promise<Map<string, Trace>> {
  const traces = new Map([['never', await traceOf(program)]])
  for (const [i, first] of when.entries()) {
    traces.set(JSON.stringify([first]), await traceOf(program, [first]))
    for (const second of when.slice(i))
      traces.set(JSON.stringify([first, second]), await traceOf(program, [first, second]))
  }
  return traces
}
