// A binary heap of due times beside parked generators: all are put in, then taken out in order and resumed. No clock.
import { cpuMicros, emit, mustBe, randomNumbers, size, timerRuns } from '../../measure.ts'

let ended = 0

function* parked(): Generator<undefined, void> {
  yield
  ended += 1
}

function run(cancelsHalf: boolean): void {
  const random = randomNumbers(1)
  const due = new Float64Array(size)
  const who = new Int32Array(size)
  const strands: (Generator<undefined, void> | undefined)[] = []
  let count = 0
  for (let i = 0; i < size; i++) {
    const strand = parked()
    strand.next()
    strands.push(strand)
    const time = random()
    let at = count++
    while (at > 0) {
      const above = (at - 1) >> 1
      if ((due[above] as number) <= time) break
      due[at] = due[above] as number
      who[at] = who[above] as number
      at = above
    }
    due[at] = time
    who[at] = i
  }
  if (cancelsHalf) {
    for (let i = 0; i < size; i += 2) {
      strands[i]?.return()
      strands[i] = undefined
    }
  }
  while (count > 0) {
    const first = who[0] as number
    const time = due[--count] as number
    const last = who[count] as number
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= count) break
      if (below + 1 < count && (due[below + 1] as number) < (due[below] as number)) below++
      if ((due[below] as number) >= time) break
      due[at] = due[below] as number
      who[at] = who[below] as number
      at = below
    }
    due[at] = time
    who[at] = last
    strands[first]?.next()
  }
}

for (const { metric, cancelsHalf } of timerRuns) {
  const samples: number[] = []
  for (let round = 0; round < 4; round++) {
    ended = 0
    const start = cpuMicros()
    run(cancelsHalf)
    if (round > 0) samples.push((cpuMicros() - start) / size)
    mustBe('the number that came to their time', ended, cancelsHalf ? size / 2 : size)
  }
  emit(metric, 'µs', samples)
}
