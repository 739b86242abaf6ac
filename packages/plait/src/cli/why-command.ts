import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { type Analysis, asking, type FunctionReport, loadColorless } from './colorless.ts'
import { type Command, CommandError } from './command.ts'

const HELP = `plait why FUNCTION [FILE…]

Says of a plain function whether it can be suspended under "plait run --colorless" and the loader, and why or why not:
what stands in the way, which call in it may wait first, and which packages it calls into. Nothing is run.

FUNCTION is a name (load), a method with its class (Store.save), either with the file it is in (store.ts:Store.save), or
a line of a file (store.ts:12). It is looked for in each FILE; folders are looked through; without a FILE the current
folder is, but for node_modules.

  --help

Ends with 0; with 1 if there is no such function.
`

export const whyCommand: Command = {
  name: 'why',
  summary: 'says why a plain function can be suspended, or not: plait why FUNCTION [FILE…]',
  async run(args) {
    if (args.includes('--help') || args.includes('-h')) {
      process.stdout.write(HELP)
      return 0
    }
    const flag = args.find(arg => arg.startsWith('-'))
    if (flag !== undefined) throw new CommandError(`unknown flag ${flag}; "plait why --help" lists them`)
    const [question, ...files] = args
    if (question === undefined)
      throw new CommandError('why needs the name of a function: plait why FUNCTION [FILE…]')
    const missing = files.find(file => !existsSync(file))
    if (missing !== undefined)
      throw new CommandError(`there is no file ${missing} (looked for ${resolve(missing)})`)
    const folder = files[0] === undefined ? process.cwd() : dirname(resolve(files[0]))
    const { explain } = loadColorless<Analysis>('plait-colorless', folder, 'plait why')
    const explanation = asking(() => explain(question, files.length > 0 ? { files } : {}))
    for (const { path, reason } of explanation.unread)
      process.stderr.write(`plait: ${shown(path)} was left out: ${reason}\n`)
    if (explanation.kind === 'unknown') throw new CommandError(unknown(question, files, explanation.nearest))
    process.stdout.write(explanation.functions.map(told).join('\n'))
    return 0
  },
}

function unknown(question: string, files: readonly string[], nearest: readonly string[]): string {
  const where = files.length === 0 ? 'the files of this folder' : files.join(', ')
  const hint = nearest.length === 0 ? '' : `; did you mean ${nearest.join(' or ')}?`
  return `there is no function "${question}" in ${where}${hint}`
}

function told(report: FunctionReport): string {
  const { name, path, line, column, first, packages } = report
  const lines = [`${name} (${shown(path)}:${line}:${column}) ${verdict(report)}`]
  if (first !== undefined) {
    lines.push(`  first to wait, maybe: ${first.what}, ${shown(first.path)}:${first.line}:${first.column}`)
    lines.push(`    ${first.sourceLine}`)
  }
  for (const { name: called, kind } of packages) lines.push(`  it calls into ${called}, ${KINDS[kind]}`)
  return lines.map(one => `${one}\n`).join('')
}

function verdict({ verdict: kind, obstacle }: FunctionReport): string {
  if (kind === 'suspendable') return 'can be suspended'
  if (kind === 'hindered') return `cannot be suspended: ${obstacle}`
  return 'is left plain: nothing it calls can reach a switch'
}

const KINDS: Readonly<Record<FunctionReport['packages'][number]['kind'], string>> = {
  plait: 'whose plain waits suspend it',
  listed: 'which is in the list of packages that are transformed',
  unlisted:
    'which is not in the list of packages that are transformed ("plait": { "colorless": { "packages": […] } } in package.json): nothing underneath can be suspended',
  builtin: "which is Node's: nothing underneath can be suspended, unless it has been patched",
}

function shown(path: string): string {
  return relative(process.cwd(), path) || path
}
