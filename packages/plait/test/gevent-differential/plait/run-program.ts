import { run } from '../../../src/index.ts'
import type { Program, Run } from '../program.ts'
import { World } from './world.ts'

/** Runs a program, on a loop of its own. One that breaks the loop is at the end of its trace. */
export async function runProgram(program: Program): Promise<Run> {
  const world = new World(program)
  const main = (): void => world.main()
  try {
    await run(main, { clock: 'virtual' })
  } catch (error) {
    world.abandon(`broke: ${String(error)}`)
  }
  return { trace: world.trace }
}
