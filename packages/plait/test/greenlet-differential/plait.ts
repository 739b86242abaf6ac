import { fileURLToPath } from 'node:url'
import type { Writing } from './plait/world.ts'
import { LineProcess } from './process-lines.ts'
import type { ProgramRunner, Trace } from './program.ts'

const worker = fileURLToPath(new URL('plait/worker.ts', import.meta.url))
const LIMIT_MS = 30_000
const LIMIT_OF_ONE_MS = 3_000

/**
 * Runs programs on Plait, their bodies written in one of the ways, aside: one that never ends is stopped. Once an instrument
 * has listened nothing is as fast as before, nor goes the same ways: those programs have a process of their own.
 */
export function runsOnPlait(writing: Writing): ProgramRunner & { end(): void } {
  const [unwatched, watched] = [ownProcess(writing), ownProcess(writing)]
  const run: ProgramRunner = async programs => {
    const [some, others] = await Promise.all([
      unwatched(programs.filter(program => !program.watched)),
      watched(programs.filter(program => program.watched)),
    ])
    const left = [some.values(), others.values()] as const
    return programs.map(program => left[Number(program.watched)]?.next().value as Trace)
  }
  const end = (): void => {
    unwatched.end()
    watched.end()
  }
  return Object.assign(run, { end })
}

function ownProcess(writing: Writing): ProgramRunner & { end(): void } {
  const plait = new LineProcess([process.execPath, worker])
  const ask = async (programs: readonly unknown[], limitMs: number): Promise<Trace[] | undefined> => {
    const answer = await plait.ask(JSON.stringify({ programs, writing }), limitMs)
    return answer === undefined ? undefined : (JSON.parse(answer) as Trace[])
  }
  const run: ProgramRunner = async programs => {
    if (programs.length === 0) return []
    const together = await ask(programs, programs.length === 1 ? LIMIT_OF_ONE_MS : LIMIT_MS)
    if (together !== undefined) return together
    if (programs.length === 1) return [[['runtime', 'never ends']]]
    const traces: Trace[] = []
    for (const program of programs) traces.push(...(await run([program])))
    return traces
  }
  return Object.assign(run, { end: () => plait.end() })
}
