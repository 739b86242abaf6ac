import { KeptTraces, type Recorded, seeded, written } from '../differential/kept-traces.ts'
import { byHand } from './by-hand.ts'
import { generate } from './generate/generate.ts'
import type { Program } from './program.ts'

/** All that is kept. */
export const recorded: readonly Recorded<Program>[] = [
  written(byHand),
  seeded(generate, 1, 80),
  seeded(generate, 2, 80),
  seeded(generate, 3, 80),
  seeded(generate, 4, 80),
]

export const keptTraces: KeptTraces<Program> = new KeptTraces<Program>(import.meta.url, 'gevent')
