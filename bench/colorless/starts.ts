import { emit, mustBe, size, threadCpuNs } from '../measure.ts'

const REPETITIONS = 9
const WARM_UPS = 3

/** Of the turns of the case, so many as strands are made. */
const SHARE = 1 / 4

/** Measures how long strands take to be made and to have begun, each. */
export async function measureStarts(
  start: (count: number, now: () => number) => Promise<{ took: number; begun: number }>,
): Promise<void> {
  const count = size * SHARE
  const values: number[] = []
  for (let n = 0; n < WARM_UPS + REPETITIONS; n++) {
    globalThis.gc?.()
    const { took, begun } = await start(count, threadCpuNs)
    mustBe('the number begun', begun, count)
    if (n >= WARM_UPS) values.push(took / count)
  }
  emit('make and begin', 'ns', values)
}
