// What the programs under cases/ share. Each result is one line on standard output, which rounds.ts reads:
// R <tab> metric <tab> unit <tab> value of each repetition …

/** How many operations to do: the same for every side of a case. */
export const size: number = Number(process.argv[2])

/** The time over which due times are spread, where a case has any. */
export const spanMs: number = Number(process.argv[3])

/** Longer than any run: what is to stay asleep sleeps so long. */
export const HOUR_MS = 3_600_000

export function emit(metric: string, unit: string, values: readonly number[]): void {
  console.log(['R', metric, unit, ...values.map(value => value.toPrecision(6))].join('\t'))
}

export function nowNs(): number {
  return performance.now() * 1e6
}

/** Processor time of the whole process so far, the collector's threads included. */
export function cpuMicros(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Ends the program, and with it the side, where a result is not what the work must give. */
export function mustBe(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`${what} is ${String(actual)}, not ${String(expected)}`)
}

export interface Measured {
  readonly metric: string
  readonly operations: number
  readonly body: () => unknown
  /** What is to be looked at after each repetition, and is not of the work: its time is not counted. */
  readonly check?: () => void
}

/**
 * Processor time of this thread: for work that only computes, since it does not grow while others have the processor.
 * Before Node 24, of the whole process.
 */
export function threadCpuNs(): number {
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage()
  return (user + system) * 1000
}

export interface Repetitions {
  /** Thrown away: the compiler is still at work in them. */
  readonly warmUps?: number
  readonly repetitions?: number
  /** Time as it passes without it. */
  readonly clock?: () => number
}

/** Measures each body, in ns an operation. */
export async function measure(bodies: readonly Measured[], repetitions?: Repetitions): Promise<void> {
  for (const [metric, values] of await sample(bodies, repetitions)) emit(metric, 'ns', values)
}

/** The repetitions of each body in ns an operation: by turns, so that what disturbs one repetition disturbs all. */
export async function sample(
  bodies: readonly Measured[],
  { warmUps = 2, repetitions = 5, clock = nowNs }: Repetitions = {},
): Promise<ReadonlyMap<string, readonly number[]>> {
  const samples = new Map(bodies.map(({ metric }): [string, number[]] => [metric, []]))
  for (let round = 0; round < warmUps + repetitions; round++) {
    for (const { metric, operations, body, check } of bodies) {
      globalThis.gc?.()
      const start = clock()
      await body()
      const took = (clock() - start) / operations
      check?.()
      if (round >= warmUps) samples.get(metric)?.push(took)
    }
  }
  return samples
}

/** Measures what `size` parked tasks take, in bytes each. `park` gives what must be held on to; then the process ends. */
export async function measureMemory(park: () => unknown): Promise<never> {
  const before = collected()
  const held = await park()
  await new Promise(resolve => setTimeout(resolve, 50))
  const after = collected()
  emit('resident', 'bytes', [(after.rss - before.rss) / size])
  emit('JS heap', 'bytes', [(after.heapUsed - before.heapUsed) / size])
  process.exit(held === undefined ? 1 : 0)
}

function collected(): NodeJS.MemoryUsage {
  if (globalThis.gc === undefined) throw new Error('run this with --expose-gc')
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage()
}

/** The two ways timers end: all of them at their time, or every other one cancelled before. */
export const timerRuns = [
  { metric: 'timer', late: 'last one late by', cancelsHalf: false },
  { metric: 'timer, half cancelled', late: 'last one late by, half cancelled', cancelsHalf: true },
] as const

/** Measures `size` timers due over `spanMs`, in processor time each, and how late the last of them ends. */
export async function measureTimers(
  wait: (delay: () => number, cancelsHalf: boolean) => Promise<unknown>,
): Promise<void> {
  for (const { metric, late, cancelsHalf } of timerRuns) {
    const random = randomNumbers(1)
    const cpu = cpuMicros()
    const start = nowNs()
    await wait(() => random() * spanMs, cancelsHalf)
    emit(metric, 'µs', [(cpuMicros() - cpu) / size])
    emit(late, 'ms', [(nowNs() - start) / 1e6 - spanMs])
  }
}

/** The same draws for every side: a linear congruential generator, uniform in [0, 1). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
