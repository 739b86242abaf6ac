// A ring of generators, resumed in turn until all have ended.
import { measure, size } from '../../measure.ts'

const MASK = 1023

function* worker(turns: number): Generator<undefined, void> {
  for (let i = 0; i < turns; i++) yield
}

function drain(strands: Generator<undefined, void>[]): void {
  const ring = new Array<Generator<undefined, void>>(MASK + 1)
  let head = 0
  let tail = 0
  for (const strand of strands) ring[tail++ & MASK] = strand
  while (head !== tail) {
    const strand = ring[head++ & MASK] as Generator<undefined, void>
    if (strand.next().done !== true) ring[tail++ & MASK] = strand
  }
}

const body = (): void => drain([worker(size / 2), worker(size / 2)])
await measure([{ metric: 'switch', operations: size, body }])
