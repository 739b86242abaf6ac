import { firstDifference } from './compare.ts'
import { Coverage } from './coverage/coverage.ts'
import { generate } from './generate/generate.ts'
import { type Area, areas as allAreas, type Program, type Run, type Side, type Trace } from './program.ts'
import { shrink } from './shrink.ts'

/** The two that must agree. */
export interface Sides {
  readonly gevent: Side
  readonly plait: Side
}

/** A program on which they do not, with what each of them did. */
export interface Difference {
  readonly index: number
  readonly program: Program
  readonly gevent: Trace
  readonly plait: Trace
}

export interface Comparison {
  readonly differences: readonly Difference[]
  readonly coverage: Coverage
  readonly events: number
}

export interface CompareOptions {
  readonly areas?: readonly Area[]
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
  { areas = allAreas, enough = Number.POSITIVE_INFINITY, onProgress }: CompareOptions = {},
): Promise<Comparison> {
  const coverage = new Coverage()
  const differences: Difference[] = []
  let events = 0
  for (let done = 0; done < count && differences.length < enough; ) {
    const size = Math.min(batchSize, count - done)
    const programs = Array.from({ length: size }, (_, offset) => generate(seed, from + done + offset, areas))
    const [gevent, plait] = await Promise.all([sides.gevent.run(programs), sides.plait.run(programs)])
    for (const [offset, program] of programs.entries()) {
      const [theirs, ours] = [gevent[offset] as Run, plait[offset] as Run]
      coverage.add(theirs)
      events += theirs.trace.length
      if (firstDifference(theirs.trace, ours.trace) === undefined) continue
      differences.push({ index: from + done + offset, program, gevent: theirs.trace, plait: ours.trace })
    }
    done += size
    onProgress?.(done, differences.length)
  }
  return { differences, coverage, events }
}

/** Runs one program on both sides. */
export async function compareOne(sides: Sides, program: Program, index = 0): Promise<Difference | undefined> {
  const [[theirs], [ours]] = await Promise.all([sides.gevent.run([program]), sides.plait.run([program])])
  const [gevent, plait] = [theirs?.trace ?? [], ours?.trace ?? []]
  return firstDifference(gevent, plait) === undefined ? undefined : { index, program, gevent, plait }
}

/** The same difference, or one that hid behind it, in the smallest program that still shows one. */
export async function shrinkDifference(sides: Sides, difference: Difference): Promise<Difference> {
  const smallest = await shrink(
    difference.program,
    async program => (await compareOne(sides, program)) !== undefined,
  )
  return (await compareOne(sides, smallest, difference.index)) ?? difference
}
