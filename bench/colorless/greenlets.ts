import { careful, load } from './modules.ts'

interface Started {
  readonly took: number
  readonly begun: number
}

interface Greenlets {
  nest(depth: number, turns: number): void
  starts(count: number, now: () => number): Started
  parks(count: number, ms: number, handOver: (begun: number, held: unknown) => void): void
}

/** The greenlets of case 13. */
export const { module: greenlets } = await load<Greenlets>(import.meta.resolve('./greenlets.js'), careful)
