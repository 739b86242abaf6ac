import { type Options, parse } from 'csv-parse/sync'
import { pick, randomNumbers } from '../inputs.ts'

const CELLS = [
  'plain',
  '12',
  '-3.5',
  '"quoted, with a comma"',
  '"with ""quotes"""',
  '',
  ' spaced ',
  '"two\nlines"',
  '2024-01-02',
  'ünï',
]

export function input(scale: number): string {
  const random = randomNumbers(23)
  const rows = Array.from({ length: scale === 1 ? 250 : 1500 }, (_, n) =>
    n % 50 === 7 ? '# a comment' : Array.from({ length: 6 }, () => pick(random, CELLS)).join(','),
  )
  return `a,b,c,d,e,f\n${rows.join('\n')}\n`
}

export function run(text: string): string {
  const small = text.slice(0, text.indexOf('\n', text.length / 8) + 1)
  const read = (options: Options, source = small): string =>
    JSON.stringify(tried(() => parse(source, options)))
  return [
    read({ columns: true, comment: '#', relax_column_count: true, skip_empty_lines: true }, text),
    read({
      columns: header => header.map((name: string) => `${name}_`),
      cast: true,
      comment: '#',
      trim: true,
      relax_column_count: true,
    }),
    read({
      cast: (value, context) => (context.quoting ? value.length : `${context.index}${value}`),
      relax_quotes: true,
      relax_column_count: true,
    }),
    read({ info: true, bom: true, from_line: 3, to: 40, skip_records_with_error: true }),
    read({
      on_record: (record: string[], { lines }) => (lines % 2 === 0 ? [String(lines), ...record] : null),
      relax_column_count: true,
    }),
    read(
      {
        delimiter: [';', '::'],
        quote: "'",
        escape: '\\',
        ltrim: true,
        group_columns_by_name: true,
        columns: true,
      },
      "a;a::b\n'x\\'y';2::3\n",
    ),
    read({}),
    read({}, 'a,"b'),
    read({ columns: ['x', 'x'] }, '1,2,3\n'),
    read({ quote: '""' } as Options),
  ].join('\n')
}

function tried(what: () => unknown): unknown {
  try {
    return what()
  } catch (error) {
    return String(error)
  }
}
