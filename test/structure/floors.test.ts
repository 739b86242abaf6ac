// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the rows hold source text
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { breaches, commonBreaches, maximumLines } from './floors.ts'
import { type SourceTree, specifiers } from './import-graph.ts'

const root = join(import.meta.dirname, '../..')

function readTree(folder: string): SourceTree {
  const files = globSync('**/*.ts', { cwd: folder }).map(file => file.replaceAll('\\', '/'))
  return new Map(files.sort().map(file => [file, readFileSync(join(folder, file), 'utf8')]))
}

const made = (files: Record<string, string>): SourceTree => new Map(Object.entries(files))

describe('the sources', () => {
  test('of plait stand on their floors', () => {
    const tree = readTree(join(root, 'packages/plait/src'))
    expect(tree.size).toBeGreaterThan(10)
    expect(breaches(tree)).toEqual([])
  })

  test('of every package have no circle, no file too long and no vague name', () => {
    for (const folder of globSync('packages/*/src', { cwd: root })) {
      expect(commonBreaches(readTree(join(root, folder))), folder).toEqual([])
    }
  })
})

describe('the check finds', () => {
  const rows: [what: string, files: Record<string, string>, said: string[]][] = [
    [
      'an upward import',
      { 'loop/a.ts': "import { b } from '../tasks/b.ts'", 'tasks/b.ts': '' },
      ['loop/a.ts -> tasks/b.ts: upward, from floor 3 to floor 4'],
    ],
    [
      'an upward import of a type alone',
      { 'errors/a.ts': "import type { B } from '../loop/b.ts'", 'loop/b.ts': '' },
      ['errors/a.ts -> loop/b.ts: upward, from floor 0 to floor 3'],
    ],
    [
      'an upward import inside a type',
      { 'coroutine/a.ts': "export type A = import('../loop/b.ts').B", 'loop/b.ts': '' },
      ['coroutine/a.ts -> loop/b.ts: upward, from floor 1 to floor 3'],
    ],
    [
      'an upward dynamic import',
      { 'tasks/a.ts': "const load = () => import('../cli/b.ts')", 'cli/b.ts': '' },
      ['tasks/a.ts -> cli/b.ts: upward, from floor 4 to floor 7'],
    ],
    [
      'an upward re-export',
      { 'loop/a.ts': "export * from '../queues/b.ts'", 'queues/b.ts': '' },
      ['loop/a.ts -> queues/b.ts: upward, from floor 3 to floor 5'],
    ],
    [
      'an import between siblings',
      { 'io/a.ts': "import '../testing/b.ts'", 'testing/b.ts': '' },
      ['io/a.ts -> testing/b.ts: siblings on floor 6'],
    ],
    [
      'sync importing queues',
      { 'sync/a.ts': "import '../queues/b.ts'", 'queues/b.ts': '' },
      ['sync/a.ts -> queues/b.ts: siblings on floor 5'],
    ],
    [
      'a circle inside a folder',
      {
        'loop/a.ts': "import './b.ts'",
        'loop/b.ts': "import type { C } from './c.ts'",
        'loop/c.ts': "import './a.ts'",
      },
      ['circle: loop/a.ts -> loop/b.ts -> loop/c.ts -> loop/a.ts'],
    ],
    ['a file that imports itself', { 'loop/a.ts': "import './a.ts'" }, ['circle: loop/a.ts -> loop/a.ts']],
    [
      'an import of an index.ts',
      { 'loop/a.ts': "import '../coroutine/index.ts'", 'coroutine/index.ts': '' },
      ['loop/a.ts -> coroutine/index.ts: inside src the concrete file is imported'],
    ],
    [
      'a floor that imports an entry',
      { 'testing/a.ts': "import '../lowlevel.ts'", 'lowlevel.ts': '' },
      ['testing/a.ts -> lowlevel.ts: a floor imports no entry'],
    ],
    [
      'an entry that reaches the command',
      { 'index.ts': "export { a } from './cli/a.ts'", 'cli/a.ts': '' },
      ['index.ts -> cli/a.ts: an entry stays below cli'],
    ],
    [
      'an entry with code of its own',
      { 'index.ts': "export { a } from './loop/a.ts'\nexport const b = 1", 'loop/a.ts': '' },
      ['index.ts: an entry holds re-exports only'],
    ],
    ['an unknown folder', { 'extras/a.ts': '' }, ['extras/a.ts: its folder is on no floor']],
    [
      'an import of what is not there',
      { 'loop/a.ts': "import './b.ts'" },
      ['loop/a.ts -> loop/b.ts: there is no such file'],
    ],
    [
      'a file that is too long',
      { 'loop/a.ts': '\n'.repeat(maximumLines + 1) },
      ['loop/a.ts: 401 lines, where 400 is the most'],
    ],
    [
      'a vague name',
      { 'loop/utils.ts': '' },
      ['loop/utils.ts: "utils.ts" says nothing about what is inside'],
    ],
    [
      'a vague name among others',
      { 'tasks/task-manager.ts': '' },
      ['tasks/task-manager.ts: "task-manager.ts" says nothing about what is inside'],
    ],
    [
      'a vague folder',
      { 'tasks/helpers/a.ts': '' },
      ['tasks/helpers/a.ts: "helpers" says nothing about what is inside'],
    ],
    ['a name that is not kebab-case', { 'loop/eventLoop.ts': '' }, ['loop/eventLoop.ts: not kebab-case']],
  ]
  test.each(rows)('%s', (_what, files, said) => {
    expect(breaches(made(files))).toEqual(said)
  })

  test('nothing where all is well', () => {
    const tree = made({
      'index.ts':
        "/** The package. */\nexport { a, type A } from './queues/a.ts'\nexport * from './units.ts'\n",
      'testing.ts': "export type { A } from './index.ts'\nexport * as b from './sync/b.ts'\n",
      'queues/a.ts': "import { b } from '../sync/b.ts'\nimport { c } from './c.ts'\nimport 'node:fs'",
      'queues/c.ts': '\n'.repeat(maximumLines),
      'sync/b.ts': "import type { U } from '../units.ts'",
      'cli/main.ts': "import { a } from '../queues/a.ts'\nawait import(file)",
      'cli.ts': "#!/usr/bin/env node\nimport { main } from './cli/main.ts'\nawait main()\n",
      'units.ts': '',
    })
    expect(breaches(tree)).toEqual([])
  })
})

describe('imports are read from', () => {
  const rows: [source: string, found: string[]][] = [
    ['import a from \'./a.ts\'; import { b } from "./b.ts"', ['./a.ts', './b.ts']],
    ["import {\n  type A,\n  b as from,\n} from './a.ts'", ['./a.ts']],
    ["export const a = 1\nexport * from './a.ts'\nexport type { B } from './b.ts'", ['./a.ts', './b.ts']],
    ["// import './a.ts'\n/* import './b.ts' */ import './c.ts'", ['./c.ts']],
    ["const text = \"import './a.ts'\"; const more = 'it\\'s from'", []],
    [
      'const text = `import \'./a.ts\' ${await import("./b.ts")} from \'./c.ts\'`; import "./d.ts"',
      ['./b.ts', './d.ts'],
    ],
    ['const text = `${[1].map(n => { return `${n}}` })}`\nimport "./a.ts"', ['./a.ts']],
    ["const quote = /['\"`/*]/g, ratio = a / b / c\nimport './a.ts'", ['./a.ts']],
    ["return text.replace(/[/]'/, \"'\") + import.meta.url\nimport './a.ts'", ['./a.ts']],
    ["Array.from('./a.ts'); this.import('./b.ts')", []],
  ]
  test.each(rows)('%s', (source, found) => {
    expect(specifiers(source)).toEqual(found)
  })
})
