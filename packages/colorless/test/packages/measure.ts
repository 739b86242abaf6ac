import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Report, Run, Way } from './ways.ts'

/** How a package is run. */
export interface Task {
  readonly name: string
  /** 1: quick; 2: with more input. */
  readonly scale: 1 | 2
  readonly ways: readonly Way[]
  /** What the transform may take for granted. */
  readonly assume?: { builtins?: boolean; closed?: boolean } | undefined
  /** Note who is entered plainly, and by whom: slow. */
  readonly isAsking?: boolean | undefined
}

/** What a package did: untransformed, and in the other ways. */
export interface Measured {
  readonly name: string
  readonly untransformed: Run
  readonly report: Report
}

const PATIENCE_MS = 600_000

/** Runs a package in processes of its own: one untransformed, and one in the other ways. */
export async function measure(task: Task): Promise<Measured> {
  const { name, ways } = task
  const { untransformed } = (await inChild(task, ['untransformed'])).runs
  return { name, untransformed: untransformed as Run, report: await inChild(task, ways) }
}

async function inChild({ name, scale, assume, isAsking }: Task, ways: readonly Way[]): Promise<Report> {
  const options = JSON.stringify({ why: isAsking === true, ...assume })
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, 'child.ts'),
      name,
      String(scale),
      JSON.stringify(ways),
      options,
    ],
    { maxBuffer: 2 ** 28, timeout: PATIENCE_MS },
  )
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n{') + 1)) as Report
}

/** The least of the calls that must enter twins for the run to say anything. */
export const LEAST_ENTERED = 0.9

/** Of the calls of functions that can reach a switch, how many entered their twins. */
export function enteredShare({ entered, plain }: Run): number {
  return entered / (entered + plain)
}

/** What is wrong with a way of running a package; nothing of it is, if the list is empty. */
export function faults(way: Way, run: Run | undefined, { hash, length }: Run): string[] {
  if (run === undefined) return ['was not run']
  if (run.failure !== undefined) return [`ended with ${run.failure}`]
  const found: string[] = []
  if (run.hash !== hash) found.push(`gave other output: ${run.length} characters in place of ${length}`)
  if (typeof way !== 'number') return found
  if (run.switches === 0) found.push('was never forced to switch')
  const share = enteredShare(run)
  if (!(share >= LEAST_ENTERED))
    found.push(`only ${(100 * share).toFixed(1)} % of ${run.entered + run.plain} calls entered twins`)
  return found
}
