import {
  CORE_SCHEMA,
  defineScalarTag,
  dump,
  load,
  loadAll,
  mergeTag,
  NOT_RESOLVED,
  realMapTag,
  YAML11_SCHEMA,
} from 'js-yaml'
import { pick, randomNumbers, read } from '../inputs.ts'

const SCALARS = [
  'plain',
  "'single'",
  '"dou\\tble"',
  '12',
  '0x1f',
  '-.inf',
  'true',
  '~',
  '!version 1.2.3',
  '2024-01-02',
  '[a, {b: c}]',
  '|\n      text\n\n      more',
  '>-\n      folded\n      text',
]

export function input(scale: number): { lock: unknown; documents: string } {
  const random = randomNumbers(17)
  const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, unknown> }
  const packages = Object.fromEntries(Object.entries(lock.packages).slice(0, scale === 1 ? 150 : 700))
  const documents = Array.from({ length: scale === 1 ? 40 : 300 }, (_, n) => {
    const lines = Array.from({ length: 8 }, (_, key) => `  k${key}: # comment\n    ${pick(random, SCALARS)}`)
    return `%YAML 1.2\n---\nbase: &base${n}\n${lines.join('\n')}\nown:\n  <<: *base${n}\n  ? - a\n    - b\n  : - x\n    - - y\n      - z: *base${n}\n...\n`
  })
  return { lock: packages, documents: documents.join('') }
}

export function run({ lock, documents }: { lock: unknown; documents: string }): string {
  const version = defineScalarTag<{ version: string }>('!version', {
    resolve: source => (/^\d+\.\d+\.\d+$/.test(source) ? { version: source } : NOT_RESOLVED),
    identify: data =>
      typeof data === 'object' && data !== null && 'version' in data && Object.keys(data).length === 1,
    represent: (data: { version: string }) => data.version,
  })
  const schema = CORE_SCHEMA.withTags(version, mergeTag)
  const text = dump(lock, { lineWidth: 60, sortKeys: (a: string, b: string) => (a < b ? 1 : -1) })
  const again = load(text)
  const all = loadAll(documents, { schema: schema.withTags(realMapTag) })
  return [
    text,
    JSON.stringify(again),
    JSON.stringify(all, (_key, value: unknown) => (value instanceof Map ? [...value] : value)),
    dump(all, { schema: schema.withTags(realMapTag), flowLevel: 4, quoteStyle: 'double' }),
    JSON.stringify(
      load('[yes, 0o17, 2024-01-02, !!set {a, b}, !!binary aGk=, 1_000, 12:30]', { schema: YAML11_SCHEMA }),
    ),
    errors(),
  ].join('\n')
}

function errors(): string {
  return ['a: b: c', '[a, b', '"open', '- a\n b', '*nowhere', '!own x', 'a: 1\na: 2', '\ta: 1']
    .map(text => {
      try {
        return JSON.stringify(load(text))
      } catch (error) {
        return String(error)
      }
    })
    .join('\n')
}
