import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type Command, CommandError } from './command.ts'
import { loadColorlessProgram, loadProgram } from './load-program.ts'
import { runProgram } from './run-program.ts'

const HELP = `plait run [flags] FILE [args…]

Runs the program that a TypeScript or JavaScript module exports as its default: a generator function, one made with
coroutine(…), or an async function. What follows FILE is passed on to it, as strings. The process ends when the
program does; what is still running then is cancelled and waited for.

  --debug            report waits that were forgotten, cancels that were swallowed and steps that take long, and
                     show the runtime's own frames in stacks
  --slow-step MS     in debug mode, report steps that take longer than this (100 unless told)
  --virtual-time     sleeps and timeouts take no time: the clock jumps to the next deadline
  --colorless        plain functions of the program's files can wait as well, however deep below its tasks: the files are
                     transformed as they are loaded, by plait-colorless. The default export may be a plain function;
                     without one the top level of FILE is the program
  --help

Flags stand before FILE: what stands behind it is the program's, whatever it looks like.

Ends with 0; with 1 after an error; after Ctrl-C with 130 and after SIGTERM with 143, once the program has been
cancelled and its cleanup is done. A second Ctrl-C ends it at once.
`

const OPTIONS = {
  debug: { type: 'boolean' },
  'slow-step': { type: 'string' },
  'virtual-time': { type: 'boolean' },
  colorless: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options']

export const runCommand: Command = {
  name: 'run',
  summary: 'runs a program: plait run FILE [args…]',
  async run(args) {
    const { flags, file, rest } = divide(args)
    if (flags.help === true) {
      process.stdout.write(HELP)
      return 0
    }
    if (file === undefined) throw new CommandError('run needs a file: plait run FILE [args…]')
    const slowStepMs = milliseconds(flags['slow-step'])
    const program = flags.colorless === true ? loadColorlessProgram(file, rest) : await loadProgram(file)
    return runProgram(program, rest, {
      debug: flags.debug === true || slowStepMs !== undefined,
      clock: flags['virtual-time'] === true ? 'virtual' : 'monotonic',
      slowStepMs,
    })
  },
}

interface Divided {
  readonly flags: {
    debug?: boolean
    'slow-step'?: string
    'virtual-time'?: boolean
    colorless?: boolean
    help?: boolean
  }
  readonly file: string | undefined
  readonly rest: readonly string[]
}

/** Flags, FILE, and what is the program's. A `--` may stand before FILE or right behind it, and is not passed on. */
function divide(args: readonly string[]): Divided {
  const { tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const file = tokens.find(token => token.kind === 'positional')
  const end = file?.index ?? args.length
  const flags: Record<string, string | boolean> = {}
  for (const token of tokens) {
    if (token.kind !== 'option' || token.index >= end) continue
    const { name, rawName, value } = token
    const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name as keyof typeof OPTIONS] : undefined
    if (option === undefined) throw new CommandError(`unknown flag ${rawName}; "plait run --help" lists them`)
    if (option.type === 'boolean') {
      if (value !== undefined) throw new CommandError(`${rawName} takes no value, and got "${value}"`)
      flags[name] = true
    } else {
      // Without its value it would swallow the file, so a file alone cannot be what was meant.
      if (value === undefined) throw new CommandError(`${rawName} needs a value: ${rawName} MS`)
      flags[name] = value
    }
  }
  const rest = args.slice(end + 1)
  return { flags, file: file?.value, rest: rest[0] === '--' ? rest.slice(1) : rest }
}

function milliseconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value
  throw new CommandError(`--slow-step takes a number of milliseconds above 0, and got "${text}"`)
}
