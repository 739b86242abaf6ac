import { call } from '../../../plait/src/greenlet.ts'
import { run } from '../../../plait/src/tasks/run.ts'
import { every, force, forcing, pause } from './forcing.ts'
import type { Folder, Main, Transform } from './load.ts'
import { render } from './render.ts'
import type { Difference, Outcome, Snippet, Way } from './snippet.ts'

/** A run of a transformed program. */
export interface Run extends Outcome {
  readonly switches: number
  readonly stack: string
}

/** Whether this engine can run the program. */
export function isRunnable({ needs }: Snippet): boolean {
  try {
    if (needs !== undefined) new Function(needs)()
    return true
  } catch {
    return false
  }
}

/** The run that all others are compared with: the untransformed text. */
export async function runPlainly(snippet: Snippet, folder: Folder): Promise<Run> {
  return observe(() => folder.load(snippet, undefined), outside)
}

export async function runTransformed(
  snippet: Snippet,
  way: Way,
  folder: Folder,
  transform: Transform,
): Promise<Run> {
  const load = (): Promise<Main> => folder.load(snippet, transform)
  if (way === 'outside') return observe(load, outside)
  return observe(load, (main, log) => {
    force(way === 'inside' ? undefined : every(way === 'switching at every call' ? 1 : 3))
    return run(call(main, log, pause)) as Promise<unknown>
  })
}

/** What a way of running a program should give, where the plain run gave this. */
export function expected(plain: Outcome, way: Way, differs: Difference | undefined): Outcome | Difference {
  return differs?.ways.includes(way) === true ? { ...differs, log: differs.log ?? plain.log } : plain
}

function outside(main: Main, log: (...values: unknown[]) => void): unknown {
  return main(log, () => {})
}

async function observe(
  load: () => Promise<Main>,
  start: (main: Main, log: (...values: unknown[]) => void) => unknown,
): Promise<Run> {
  const log: string[] = []
  let end: string
  let stack = ''
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 100
  force()
  try {
    const main = await load()
    const value = await start(main, (...values) => {
      log.push(values.map(one => render(one)).join(' '))
    })
    end = `returned ${render(value)}`
  } catch (error) {
    end = `threw ${render(error)}`
    stack = error instanceof Error ? String(error.stack) : ''
  }
  Error.stackTraceLimit = stackTraceLimit
  const { switches } = forcing
  force()
  return { log, end, switches, stack }
}
