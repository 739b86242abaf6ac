import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

/** Programs, and what Python did with each, which is kept in a file: the name of each, then a line for each event. */
export interface Recorded<P> {
  readonly file: string
  readonly names: readonly string[]
  readonly programs: readonly P[]
}

/** The programs that are generated from a seed. */
export function seeded<P>(
  generate: (seed: number, index: number) => P,
  seed: number,
  count: number,
): Recorded<P> {
  return {
    file: `seed-${seed}.txt`,
    names: Array.from({ length: count }, (_, index) => `program ${index}`),
    programs: Array.from({ length: count }, (_, index) => generate(seed, index)),
  }
}

/** Programs that are written by hand, by name. */
export function written<P>(programs: Readonly<Record<string, P>>): Recorded<P> {
  return { file: 'by-hand.txt', names: Object.keys(programs), programs: Object.values(programs) }
}

function digest(programs: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(programs)).digest('hex').slice(0, 16)
}

/** The traces that a comparison keeps in its folder. */
export class KeptTraces<P> {
  readonly #base: string
  readonly #what: string

  /** @param base the address of a file of the comparison; `what`: what Python has to have */
  constructor(base: string, what: string) {
    this.#base = base
    this.#what = what
  }

  /** The lines that were kept for each program. */
  read({ file, programs }: Recorded<P>): (readonly string[])[] {
    const [head = '', ...kept] = readFileSync(this.#place(file), 'utf8').trimEnd().split('\n\n')
    if (!head.includes(digest(programs)))
      throw new Error(
        `${file} is of other programs: "node record.ts", beside it, records these (it needs Python's ${this.#what})`,
      )
    return kept.map(one => one.split('\n').slice(1))
  }

  write(
    { file, names, programs }: Recorded<P>,
    version: string,
    traces: readonly (readonly string[])[],
  ): void {
    const head = `What ${this.#what} ${version} did with the programs of digest ${digest(programs)}`
    const kept = names.map((name, index) => [`${name}:`, ...(traces[index] ?? [])].join('\n'))
    writeFileSync(this.#place(file), `${[head, ...kept].join('\n\n')}\n`)
  }

  #place(file: string): URL {
    return new URL(`traces/${file}`, this.#base)
  }
}
