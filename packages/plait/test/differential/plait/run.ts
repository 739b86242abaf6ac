import type { Program, Run } from '../program.ts'
import { World } from './interpreter.ts'

const patienceMs = 20_000

/** Runs programs on Plait, one after another. A loop that breaks or hangs is the end of its trace, and of no more. */
export async function runOnPlait(programs: readonly Program[]): Promise<Run[]> {
  let breaks: (error: unknown) => void = () => {}
  const onUncaught = (error: unknown): void => breaks(error)
  process.on('uncaughtException', onUncaught)
  try {
    const runs: Run[] = []
    for (const program of programs) {
      const world = new World(program)
      const trouble = Promise.withResolvers<string>()
      breaks = error => trouble.resolve(`broke: ${String(error)}`)
      const timer = setTimeout(() => trouble.resolve('hangs'), patienceMs)
      world.run().then(() => trouble.resolve(''), breaks)
      const told = await trouble.promise
      clearTimeout(timer)
      if (told !== '') world.abandon(told)
      runs.push({ trace: world.trace, seen: [] })
    }
    return runs
  } finally {
    process.off('uncaughtException', onUncaught)
  }
}
