// Raw generators by turns, for the floors of the cases in which there is something to wait for.
import { Line, type Standing } from './fifo.ts'

export type Steps = Generator<undefined, void>

export class Strand implements Standing<Strand> {
  next: Strand | undefined = undefined
  readonly steps: Steps

  constructor(steps: Steps) {
    this.steps = steps
  }
}

/** Those to be resumed. A `yield` gives way for a turn if the strand has put itself here, and waits if it has not. */
export const ready: Line<Strand> = new Line()

/** Whose step it is. */
export let current: Strand

export function drain(all: readonly Steps[]): void {
  for (const steps of all) ready.push(new Strand(steps))
  for (let strand = ready.shift(); strand !== undefined; strand = ready.shift()) {
    current = strand
    strand.steps.next()
  }
}
