import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Random } from '../../differential/random.ts'
import { audit, type Verdict } from './accounts.ts'
import { readLedger } from './ledger.ts'
import { OpenJobs } from './open-jobs.ts'
import { Striker } from './striker.ts'
import type { Orders, State } from './talk.ts'

/** It has so long for its end when it was told that it is enough. */
const END_MS = 30_000

export interface Proof extends Verdict {
  readonly kind: Orders['kind']
  readonly seed: number
  /** How often a worker was struck in which way, in the middle of a job; and how often between two. */
  readonly strikes: ReadonlyMap<string, number>
  readonly between: number
  readonly tookMs: number
}

/**
 * Runs a program whose workers are struck down at random moments, and keeps the accounts of its jobs: this process is not
 * the one that is struck, and believes nothing but what it has in writing.
 */
export async function prove(kind: Orders['kind'], kills: number, seed: number): Promise<Proof> {
  const began = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'plait-kills-'))
  const ledger = join(folder, 'ledger')
  const breaches: string[] = []
  try {
    const program = begin({ kind, ledger, seed })
    using openJobs = new OpenJobs(ledger)
    const striker = new Striker(program, kind, new Random(seed), openJobs)
    let stderr = ''
    program.stderr?.setEncoding('utf8').on('data', text => {
      stderr += text
    })
    const exited = new Promise<string>(resolve =>
      program.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`)),
    )
    const isOver = exited.then(end => `the program ended before its time: ${end}`)
    const failure = await Promise.race([striker.strike(kills), isOver])
    if (failure !== undefined) breaches.push(failure)
    program.send({ say: 'enough' }, () => {})
    const end = await within(END_MS, exited)
    if (end === undefined) {
      breaches.push(`the program had not ended ${END_MS} ms after it was enough`)
      program.kill('SIGKILL')
      await exited
    } else if (end !== 'exit code 0') breaches.push(`the program ended with ${end}`)
    if (stderr !== '') breaches.push(`the program complained: ${stderr.trim()}`)
    breaches.push(...(await leftOvers(kind, striker.seen, striker.last)))
    const { last } = striker
    if (last !== undefined && last.deaths !== striker.killed)
      breaches.push(`${striker.killed} workers were killed, and the pool counts ${last.deaths} deaths`)
    const verdict = audit(readLedger(ledger), kind)
    const tookMs = performance.now() - began
    return {
      ...verdict,
      breaches: [...breaches, ...verdict.breaches],
      kind,
      seed,
      strikes: striker.strikes,
      between: striker.between,
      tookMs,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function begin(orders: Orders): ChildProcess {
  const program = fileURLToPath(new URL('program.ts', import.meta.url))
  return fork(program, [JSON.stringify(orders)], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
}

/** Processes of workers that are still there, and threads that the program had not been rid of. */
async function leftOvers(
  kind: Orders['kind'],
  seen: ReadonlySet<number>,
  last: State | undefined,
): Promise<string[]> {
  if (kind === 'threads') {
    const { threads } = last ?? {}
    if (threads === undefined) return ['the program has not told how many threads it was left with']
    const { before, after } = threads
    return after > before ? [`the program had ${before} threads, and is left with ${after}`] : []
  }
  const alive = (): number[] => [...seen].filter(pid => existsSync(`/proc/${pid}`))
  // Whose parent is gone is reaped by another, in its own time.
  for (let wait = 0; wait < 100 && alive().length > 0; wait += 1) await pause(20)
  return alive().map(pid => `process ${pid} of a worker is left`)
}

async function within<T>(ms: number, what: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(resolve, ms, undefined)
  })
  const first = await Promise.race([what, late])
  clearTimeout(timer)
  return first
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}
