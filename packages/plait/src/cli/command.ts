/** A command of `plait`: one row of the table in commands.ts. */
export interface Command {
  readonly name: string
  /** What it does, in half a line, for `plait --help`. */
  readonly summary: string
  /** Does it, and gives the exit code. */
  run(args: readonly string[]): Promise<number>
}

/** Something about the command line, or what it names, cannot work: said in one line, without a stack. */
export class CommandError extends Error {}
