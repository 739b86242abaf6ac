import { readFileSync } from 'node:fs'
import { loadPyodide } from 'pyodide'
import { limits, type Program, type ProgramRunner, type Run } from './program.ts'

/** What runs the programs there, each importing only those before it. */
const modules = [
  ...['app_errors', 'virtual_loop', 'things', 'woken', 'waits'],
  ...['plain_statements', 'waiting_statements', 'sync_statements', 'queue_statements', 'interpreter'],
]

const batchSize = 100

/** Starts CPython, once for the process, and gives what runs programs on its asyncio. */
export async function startPython(): Promise<ProgramRunner> {
  const python = await loadPyodide()
  for (const name of modules) {
    python.FS.writeFile(`${name}.py`, readFileSync(new URL(`python/${name}.py`, import.meta.url)))
  }
  const runBatch = python.runPython('from interpreter import run_batch; run_batch') as (
    text: string,
  ) => string
  return async programs => {
    const runs: Run[] = []
    for (let from = 0; from < programs.length; from += batchSize) {
      const batch: readonly Program[] = programs.slice(from, from + batchSize)
      runs.push(...(JSON.parse(runBatch(JSON.stringify({ programs: batch, limits }))) as Run[]))
    }
    return runs
  }
}
