import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { eventText } from '../differential/compare.ts'
import { byHand } from './by-hand.ts'
import { generate } from './generate/generate.ts'
import type { Program, Run } from './program.ts'

/** Programs, and what gevent did with each, which is kept in a file: the name of each, then a line for each event. */
export interface Recorded {
  readonly file: string
  readonly names: readonly string[]
  readonly programs: readonly Program[]
}

const seeded = (seed: number, count: number): Recorded => ({
  file: `seed-${seed}.txt`,
  names: Array.from({ length: count }, (_, index) => `program ${index}`),
  programs: Array.from({ length: count }, (_, index) => generate(seed, index)),
})

/** All that is kept. */
export const recorded: readonly Recorded[] = [
  { file: 'by-hand.txt', names: Object.keys(byHand), programs: Object.values(byHand) },
  seeded(1, 80),
  seeded(2, 80),
  seeded(3, 80),
  seeded(4, 80),
]

const place = (file: string): URL => new URL(`traces/${file}`, import.meta.url)
const digest = (programs: readonly Program[]): string =>
  createHash('sha256').update(JSON.stringify(programs)).digest('hex').slice(0, 16)

/** The lines that were kept for each program. */
export function readTraces({ file, programs }: Recorded): (readonly string[])[] {
  const [head = '', ...kept] = readFileSync(place(file), 'utf8').trimEnd().split('\n\n')
  if (!head.includes(digest(programs)))
    throw new Error(
      `${file} is of other programs: "node record.ts", beside it, records these (it needs Python's gevent)`,
    )
  return kept.map(one => one.split('\n').slice(1))
}

export function writeTraces(
  { file, names, programs }: Recorded,
  version: string,
  runs: readonly Run[],
): void {
  const head = `What gevent ${version} did with the programs of digest ${digest(programs)}`
  const kept = names.map((name, index) =>
    [`${name}:`, ...(runs[index]?.trace ?? []).map(eventText)].join('\n'),
  )
  writeFileSync(place(file), `${[head, ...kept].join('\n\n')}\n`)
}
