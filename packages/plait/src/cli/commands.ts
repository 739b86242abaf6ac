import type { Command } from './command.ts'
import { runCommand } from './run-command.ts'
import { whyCommand } from './why-command.ts'

/** Every command, in the order that help lists them. */
export const commands: readonly Command[] = [runCommand, whyCommand]
