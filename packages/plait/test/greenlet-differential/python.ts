import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { LineProcess } from './process-lines.ts'
import { limits, type ProgramRunner, type Trace } from './program.ts'

const candidates = ['python3', '/usr/bin/python3']
const interpreter = fileURLToPath(new URL('python/interpreter.py', import.meta.url))

/** A Python that has greenlet, and which version of that; undefined if there is none. */
export function findPython(): { readonly command: string; readonly version: string } | undefined {
  for (const command of candidates) {
    const { stdout, status } = spawnSync(command, ['-c', 'import greenlet; print(greenlet.__version__)'], {
      encoding: 'utf8',
    })
    if (status === 0) return { command, version: stdout.trim() }
  }
  return undefined
}

/** Runs programs with Python's greenlet. */
export function runsOnPython(command: string): ProgramRunner & { end(): void } {
  const python = new LineProcess([command, '-B', interpreter])
  const run: ProgramRunner = async programs => {
    const answer = await python.ask(JSON.stringify({ programs, limits }), 60_000)
    if (answer === undefined) throw new Error('Python does not come to an end')
    return JSON.parse(answer) as Trace[]
  }
  return Object.assign(run, { end: () => python.end() })
}
