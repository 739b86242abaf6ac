import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Comparison, Difference } from './compare.ts'
import { generate } from './generate.ts'
import { shrink } from './shrink.ts'

/** Programs asked for at once. */
const TOGETHER = 20
const LIMIT_MS = 30_000
/** For one program, which takes a tenth of that. */
const LIMIT_OF_ONE_MS = 1_000

/** A program that gave something else: where, or what failed before it could be run. */
export interface Failure {
  readonly index: number
  readonly program: string
  readonly difference: Difference | string
}

export interface Report {
  readonly failures: Failure[]
  switches: number
  lines: number
}

/** Runs random programs, in a worker that is given up if a program does not end. */
export class Trials {
  readonly #seed: number
  readonly #fault: string | undefined
  #worker: Worker | undefined

  constructor(seed: number, fault?: string) {
    this.#seed = seed
    this.#fault = fault
  }

  /** Compares the programs of these numbers, until enough have failed. */
  async compare(
    from: number,
    count: number,
    enough = Number.POSITIVE_INFINITY,
    progress?: (done: number) => void,
  ): Promise<Report> {
    const report: Report = { failures: [], switches: 0, lines: 0 }
    for (let n = from; n < from + count && report.failures.length < enough; n += TOGETHER) {
      await this.#together(n, Math.min(TOGETHER, from + count - n), report)
      progress?.(Math.min(n + TOGETHER, from + count) - from)
    }
    return report
  }

  /** The smallest program found that fails as this one does. */
  shrink({ index, program, difference }: Failure): Promise<string> {
    const way = wayOf(difference)
    return shrink(program, async candidate => wayOf(await this.#one(candidate, index)) === way)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker?.terminate()
    this.#worker = undefined
  }

  async #together(first: number, count: number, report: Report): Promise<void> {
    const programs = Array.from({ length: count }, (_, n) => generate(this.#seed, first + n))
    const answer = await this.#ask(programs, first, LIMIT_MS)
    if (typeof answer === 'object') {
      report.switches += answer.switches
      report.lines += answer.lines
      const seen = new Set<number>()
      for (const difference of answer.differences) {
        const { index } = difference
        if (!seen.has(index))
          report.failures.push({ index, program: programs[index - first] as string, difference })
        seen.add(index)
      }
      return
    }
    for (const [n, program] of programs.entries()) {
      const difference = await this.#one(program, first + n)
      if (difference !== undefined) report.failures.push({ index: first + n, program, difference })
    }
  }

  async #one(program: string, index: number): Promise<Difference | string | undefined> {
    const answer = await this.#ask([program], index, LIMIT_OF_ONE_MS)
    return typeof answer === 'object' ? answer.differences[0] : answer
  }

  async #ask(programs: readonly string[], first: number, limitMs: number): Promise<Comparison | string> {
    this.#worker ??= new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { seed: this.#seed, fault: this.#fault },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 700 },
    })
    const worker = this.#worker
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), limitMs)
    try {
      worker.postMessage({ programs, first })
      const [answer] = (await once(worker, 'message', { signal: abort.signal })) as [Comparison | string]
      return answer
    } catch (error) {
      this.#worker = undefined
      worker.on('error', () => {})
      await worker.terminate()
      return abort.signal.aborted ? 'never ends' : String(error)
    } finally {
      clearTimeout(timer)
    }
  }
}

/** A failure in one line: the first line of the log that is another. */
export function describe({ index, difference }: Failure): string {
  if (typeof difference === 'string') return `program ${index}: ${difference}`
  const { way, plain, other } = difference
  const differing = plain.findIndex((line, n) => line !== other[n])
  const at = differing === -1 ? plain.length : differing
  return `program ${index}, ${way}, line ${at + 1}: expected ${plain[at] ?? 'the end'}, got ${other[at] ?? 'the end'}`
}

/** What counts as the same failure: the way, or the message. */
function wayOf(difference: Difference | string | undefined): string | undefined {
  if (typeof difference !== 'object') return difference
  return difference.way === 'nowhere' ? difference.other[0] : difference.way
}
