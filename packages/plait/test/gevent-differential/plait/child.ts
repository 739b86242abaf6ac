// Runs batches of programs on Plait: JSON in, a line each, JSON out. Loaded with the transform.
import { createInterface } from 'node:readline'
import type { Program } from '../program.ts'
import { runProgram } from './run-program.ts'

const answer = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

async function serve(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const { programs } = JSON.parse(line) as { programs: Program[] }
    const runs: unknown[] = []
    for (const program of programs) runs.push(await runProgram(program))
    answer(runs)
  }
}

// After its top level, which is a greenlet of its own.
setImmediate(() => {
  answer({ plait: true })
  serve()
})
