import { createRequire } from 'node:module'
import { CommandError } from './command.ts'
import { commands } from './commands.ts'
import { endProcess, endQuietlyOnClosedPipe } from './end-process.ts'

const TRY_HELP = '"plait --help" lists what there is'

/** Runs the command that the arguments name, and ends the process with its exit code. */
export async function main(args: readonly string[]): Promise<void> {
  endQuietlyOnClosedPipe()
  let code: number
  try {
    code = await dispatch(args)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    process.stderr.write(`plait: ${error.message}\n`)
    code = 1
  }
  await endProcess(code)
}

async function dispatch([first, ...rest]: readonly string[]): Promise<number> {
  if (first === undefined) throw new CommandError(`no command given; ${TRY_HELP}`)
  if (first === '--help' || first === '-h' || first === 'help') {
    process.stdout.write(help())
    return 0
  }
  if (first === '--version' || first === '-v') {
    process.stdout.write(`${version()}\n`)
    return 0
  }
  if (first.startsWith('-')) throw new CommandError(`unknown flag ${first}; ${TRY_HELP}`)
  const command = commands.find(one => one.name === first)
  if (command === undefined) throw new CommandError(`unknown command "${first}"; ${TRY_HELP}`)
  return command.run(rest)
}

function help(): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const rows = commands.map(({ name, summary }) => `  plait ${name.padEnd(width)}  ${summary}\n`)
  return `plait: coroutines on one thread, in every color

${rows.join('')}
  plait COMMAND --help says more about one; plait --version says which plait this is.
`
}

function version(): string {
  // By the package's own name: this file is not at the same depth once it is built.
  const manifest = createRequire(import.meta.url)('plait/package.json') as { version: string }
  return manifest.version
}
