import { firstDifference } from './compare.ts'
import { Coverage } from './coverage/coverage.ts'
import { generate } from './generate/generate.ts'
import type { Program, ProgramRunner, Run, Trace } from './program.ts'
import { shrink } from './shrink.ts'

/** The two runtimes that must agree. */
export interface Sides {
  readonly cpython: ProgramRunner
  readonly plait: ProgramRunner
}

/** A program on which they do not, with what each of them did. */
export interface Difference {
  readonly index: number
  readonly program: Program
  readonly cpython: Trace
  readonly plait: Trace
}

export interface Comparison {
  readonly differences: readonly Difference[]
  readonly coverage: Coverage
  readonly events: number
}

export interface CompareOptions {
  /** Stops at so many differences. */
  readonly enough?: number
  readonly onProgress?: (programs: number, differences: number) => void
}

const batchSize = 100

/** Runs the programs of a seed on both sides, `from` the first to so many after it. */
export async function compareRange(
  sides: Sides,
  seed: number,
  from: number,
  count: number,
  { enough = Number.POSITIVE_INFINITY, onProgress }: CompareOptions = {},
): Promise<Comparison> {
  const coverage = new Coverage()
  const differences: Difference[] = []
  let events = 0
  for (let done = 0; done < count && differences.length < enough; ) {
    const size = Math.min(batchSize, count - done)
    const programs = Array.from({ length: size }, (_, offset) => generate(seed, from + done + offset))
    const cpython = await sides.cpython(programs)
    const plait = await sides.plait(programs)
    for (const [offset, program] of programs.entries()) {
      const [theirs, ours] = [cpython[offset] as Run, plait[offset] as Run]
      coverage.add(theirs)
      events += theirs.trace.length
      if (firstDifference(theirs.trace, ours.trace) === undefined) continue
      differences.push({ index: from + done + offset, program, cpython: theirs.trace, plait: ours.trace })
    }
    done += size
    onProgress?.(done, differences.length)
  }
  return { differences, coverage, events }
}

/** Runs one program on both sides. */
export async function compareOne(sides: Sides, program: Program, index = 0): Promise<Difference | undefined> {
  const cpython = (await sides.cpython([program]))[0]?.trace ?? []
  const plait = (await sides.plait([program]))[0]?.trace ?? []
  return firstDifference(cpython, plait) === undefined ? undefined : { index, program, cpython, plait }
}

/** The same difference, or one that hid behind it, in the smallest program that still shows one. */
export async function shrinkDifference(sides: Sides, difference: Difference): Promise<Difference> {
  const smallest = await shrink(
    difference.program,
    async program => (await compareOne(sides, program)) !== undefined,
  )
  return (await compareOne(sides, smallest, difference.index)) ?? difference
}
