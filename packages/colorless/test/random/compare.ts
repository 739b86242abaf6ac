import { compileFunction } from 'node:vm'
import { call } from '../../../plait/src/greenlet.ts'
import { run } from '../../../plait/src/tasks/run.ts'
import { Random } from '../../../plait/test/differential/random.ts'
import { every, force, forcing, type Runtime } from '../snippets/forcing.ts'
import type { Transform } from '../snippets/load.ts'

/** The ways a program is run in, each compared with the plain run of its untransformed text. */
export const WAYS = ['outside', 'inside', 'switching at every call', 'switching at random'] as const

export type Way = (typeof WAYS)[number]

type Program = (log: (...values: unknown[]) => void, point: () => void) => void

/** What is known of how a way went: every line that the program logged, and how it ended. */
export type Trace = readonly string[]

export interface Difference {
  readonly index: number
  /** Nowhere, if it cannot be compiled. */
  readonly way: Way | 'nowhere'
  readonly plain: Trace
  readonly other: Trace
}

/** What comparing programs gave. */
export interface Comparison {
  readonly differences: Difference[]
  readonly switches: number
  readonly lines: number
}

/** What transforms programs, and what they run on. */
export interface Subject {
  readonly transform: Transform
  readonly runtime: Runtime
}

/** Compiles a program, the text of a function. */
export function compile(program: string, subject?: Subject): Program {
  const source = `module.exports = ${program}\n`
  const options = { filename: 'program.cjs', format: 'commonjs', runtime: 'runtime' } as const
  const code = subject === undefined ? source : subject.transform(source, options).code
  const module: { exports: unknown } = { exports: undefined }
  compileFunction(code, ['module', 'require'])(module, () => subject?.runtime)
  return module.exports as Program
}

/** The differences there are, of programs that are known by a seed and their numbers. */
export async function compare(
  programs: readonly string[],
  subject: Subject,
  seed: number,
  first = 0,
): Promise<Comparison> {
  const differences: Difference[] = []
  let switches = 0
  let lines = 0
  for (const [n, program] of programs.entries()) {
    const expected = await tracePlainly(compile(program))
    lines += expected.length
    const index = first + n
    let transformed: Program
    try {
      transformed = compile(program, subject)
    } catch (error) {
      differences.push({ index, way: 'nowhere', plain: expected, other: [String(error)] })
      continue
    }
    for (const way of WAYS) {
      const other = await trace(transformed, inWay(way, seed, index))
      switches += forcing.switches
      if (other.length !== expected.length || other.some((line, at) => line !== expected[at]))
        differences.push({ index, way, plain: expected, other })
    }
  }
  force()
  return { differences, switches, lines }
}

/** The plain run of a program alone. */
export function tracePlainly(program: Program): Promise<Trace> {
  return trace(program, (main, log) => main(log, point))
}

function point(): void {}

type Start = (program: Program, log: (...values: unknown[]) => void) => unknown

function inWay(way: Way, seed: number, index: number): Start {
  if (way === 'outside') return (program, log) => program(log, point)
  const random = new Random(~seed, index)
  const share = random.pick([0.02, 0.1, 0.5])
  const due =
    way === 'inside' ? undefined : way === 'switching at random' ? () => random.chance(share) : every(1)
  return (program, log) => {
    force(due)
    return run(call(program, log, point))
  }
}

async function trace(program: Program, start: Start): Promise<Trace> {
  const lines: string[] = []
  force()
  try {
    await start(program, (...values) => {
      lines.push(values.map(show).join(' '))
    })
  } catch (error) {
    lines.push(
      `threw ${error instanceof Error && error.constructor === Error ? error.message : nameOf(error)}`,
    )
  }
  return lines
}

/** What cannot be the same is left out: the text of a function, and what a message calls a callee. */
function show(value: unknown): string {
  if (typeof value === 'function') return 'function'
  return String(value).replace(/.* is not (a function|a constructor|iterable).*/s, 'not $1')
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : String(error)
}
