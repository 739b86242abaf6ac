// Runs one package in the ways asked for, in a process of its own: CHILD PACKAGE SCALE WAYS [ASSUMPTIONS]. Prints one line of JSON.
import { createHash } from 'node:crypto'
import { call } from '../../../plait/src/greenlet.ts'
import { run as runTask } from '../../../plait/src/tasks/run.ts'
import { every, force, forcing } from '../snippets/forcing.ts'
import { counts } from './counting.ts'
import { transformModules } from './hooks.ts'
import { plainCallers } from './plain-callers.ts'
import type { Report, Run, Way } from './ways.ts'

interface Program {
  input(scale: number): unknown
  run(input: unknown): string
}

const [name, scale, ways, options = '{}'] = process.argv.slice(2) as [string, string, string, string?]
const { why = false, ...assume } = JSON.parse(options) as {
  why?: boolean
  builtins?: boolean
  closed?: boolean
}
const wanted = JSON.parse(ways) as Way[]
const size = wanted.includes('untransformed') ? undefined : transformModules(assume)
const program = (await import(`./drivers/${name}.ts`)) as Program
const report: Report = { runs: {}, size, callers: undefined }
const callers = why ? plainCallers() : undefined
for (const way of wanted) report.runs[way] = await observe(way)
report.callers = callers?.()
console.log(JSON.stringify(report))

async function observe(way: Way): Promise<Run> {
  const input = program.input(Number(scale))
  counts.entered = 0
  counts.plain = 0
  force(typeof way === 'number' ? every(way) : undefined)
  const start = performance.now()
  let output: string
  let failure: string | undefined
  try {
    output =
      way === 'untransformed' || way === 'outside'
        ? program.run(input)
        : await (runTask(call(program.run, input)) as Promise<string>)
    if (typeof output !== 'string') throw new TypeError(`the program gave ${typeof output}, no text`)
  } catch (error) {
    output = ''
    failure = error instanceof Error ? String(error.stack) : String(error)
  }
  const ms = performance.now() - start
  const { switches } = forcing
  force()
  const hash = createHash('sha256').update(output).digest('hex').slice(0, 16)
  return { hash, length: output.length, ms, switches, entered: counts.entered, plain: counts.plain, failure }
}
