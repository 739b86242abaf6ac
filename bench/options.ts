import { parseArgs } from 'node:util'
import { type Case, cases, casesNamed } from './catalogue.ts'

export const usage = `npm run bench -- [CASE…] [--rounds N] [--quick] [--check] [--targets FILE] [--json FILE]

  CASE            a number or a name, such as 7 or cancel; all of them without one:
                  ${cases.map(({ id }) => id).join(' ')}
  --rounds N      rounds over all sides, 3 without it
  --quick         small sizes and one round: shows that it all runs, and nothing about speed
  --check         judges the targets and ends with 1 if one is missed
  --targets FILE  judges those of a JSON file in place of targets.ts
  --json FILE     writes every value measured, and the verdicts, to a file`

export interface Options {
  readonly chosen: readonly Case[]
  readonly rounds: number
  readonly isQuick: boolean
  readonly isCheck: boolean
  readonly targetsFile: string | undefined
  readonly jsonFile: string | undefined
}

export type Request =
  | { readonly kind: 'run'; readonly options: Options }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly line: string }

export function readRequest(args: readonly string[]): Request {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch (error) {
    return mistake((error as Error).message)
  }
  const { values, positionals } = parsed
  if (values.help) return { kind: 'help' }
  const unknown = positionals.find(word => casesNamed(word).length === 0)
  if (unknown !== undefined) return mistake(`no case is named "${unknown}"`)
  const { rounds } = values
  if (rounds !== undefined && !/^[1-9]\d{0,2}$/.test(rounds)) {
    return mistake(`--rounds must be a whole number from 1 to 999, not "${rounds}"`)
  }
  const wanted = new Set(positionals.flatMap(casesNamed))
  return {
    kind: 'run',
    options: {
      chosen: wanted.size === 0 ? cases : cases.filter(one => wanted.has(one)),
      rounds: rounds === undefined ? (values.quick ? 1 : 3) : Number(rounds),
      isQuick: values.quick,
      isCheck: values.check,
      targetsFile: values.targets,
      jsonFile: values.json,
    },
  }
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      targets: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
}

function mistake(line: string): Request {
  return { kind: 'mistake', line: `${line.split('\n')[0]} (npm run bench -- --help says what there is)` }
}
