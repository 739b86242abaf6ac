import { firstDifference } from './compare.ts'
import { Coverage } from './coverage.ts'
import { generate } from './generate/generate.ts'
import type { Program, ProgramRunner, Trace } from './program.ts'
import { shrink } from './shrink.ts'

/** The measure, and those that must do the same. */
export interface Sides {
  readonly python: ProgramRunner
  readonly plait: Readonly<Record<string, ProgramRunner>>
}

/** A program on which one of them does not, with what each did. */
export interface Difference {
  readonly index: number
  readonly side: string
  readonly program: Program
  readonly python: Trace
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

/** Runs the programs of a seed on all sides, `from` the first to so many after it. */
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
    const python = await sides.python(programs)
    for (const [offset, trace] of python.entries()) {
      coverage.add(programs[offset] as Program, trace)
      events += trace.length
    }
    for (const [side, run] of Object.entries(sides.plait))
      differences.push(...differing(from + done, side, programs, python, await run(programs)))
    done += size
    onProgress?.(done, differences.length)
  }
  return { differences, coverage, events }
}

/** The programs on which a side did not do as Python did. */
export function differing(
  first: number,
  side: string,
  programs: readonly Program[],
  python: readonly Trace[],
  plait: readonly Trace[],
): Difference[] {
  return programs.flatMap((program, offset) => {
    const [theirs, ours] = [python[offset] as Trace, plait[offset] ?? []]
    const isSame = firstDifference(theirs, ours) === undefined
    return isSame ? [] : [{ index: first + offset, side, program, python: theirs, plait: ours }]
  })
}

/** The same difference, or one that hid behind it, in the smallest program that still shows one. */
export async function shrinkDifference(sides: Sides, difference: Difference): Promise<Difference> {
  const { index, side } = difference
  const run = sides.plait[side] as ProgramRunner
  const compareOne = async (program: Program): Promise<Difference | undefined> => {
    const [python, plait] = await Promise.all([sides.python([program]), run([program])])
    return differing(index, side, [program], python, plait)[0]
  }
  const smallest = await shrink(
    difference.program,
    async program => (await compareOne(program)) !== undefined,
  )
  return (await compareOne(smallest)) ?? difference
}
