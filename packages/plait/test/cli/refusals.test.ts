import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, plait } from './command-line.ts'

/** What goes wrong, the files there are, the arguments, and what the one line must name. */
const REFUSALS: [string, Record<string, string>, string[], RegExp][] = [
  ['no command', {}, [], /no command given.*plait --help/],
  ['an unknown command', {}, ['rnu', 'main.ts'], /unknown command "rnu".*plait --help/],
  ['an unknown flag', {}, ['--colour'], /unknown flag --colour.*plait --help/],
  ['no file', {}, ['run'], /needs a file.*plait run FILE/],
  ['no file behind the flags', {}, ['run', '--debug'], /needs a file.*plait run FILE/],
  ['an unknown flag of run', {}, ['run', '--debgu', 'main.ts'], /unknown flag --debgu.*plait run --help/],
  ['an unknown short flag of run', {}, ['run', '-x', 'main.ts'], /unknown flag -x.*plait run --help/],
  [
    'a flag named as objects name things',
    {},
    ['run', '--constructor', 'main.ts'],
    /unknown flag --constructor/,
  ],
  ['a value where none belongs', {}, ['run', '--debug=yes', 'main.ts'], /--debug takes no value.*"yes"/],
  [
    'a slow step without a number',
    {},
    ['run', '--slow-step', 'soon', 'main.ts'],
    /--slow-step takes a number.*"soon"/,
  ],
  ['a slow step without a value', {}, ['run', '--slow-step'], /--slow-step needs a value/],
  ['a file that is not there', {}, ['run', 'mian.ts'], /no file mian\.ts/],
  ['a folder', { 'src/main.ts': '' }, ['run', 'src'], /src is a folder/],
  ['a file of another kind', { 'main.txt': '' }, ['run', 'main.txt'], /main\.txt.*\.ts/],
  [
    'no default export',
    { 'main.ts': 'export const a = 1' },
    ['run', 'main.ts'],
    /main\.ts has no program.*export default/,
  ],
  [
    'a number as program',
    { 'main.ts': 'export default 4' },
    ['run', 'main.ts'],
    /the number 4.*export default/,
  ],
  [
    'a text as program',
    { 'main.ts': 'export default "go"' },
    ['run', 'main.ts'],
    /the string "go".*export default/,
  ],
  ['an array as program', { 'main.ts': 'export default []' }, ['run', 'main.ts'], /an array.*export default/],
  [
    'a class as program',
    { 'main.ts': 'export default class A {}' },
    ['run', 'main.ts'],
    /a class.*export default/,
  ],
  [
    'a promise as program',
    { 'main.ts': 'export default Promise.resolve()' },
    ['run', 'main.ts'],
    /a promise/,
  ],
  [
    'an enum',
    { 'main.ts': 'let a: number\nenum Color { Red }' },
    ['run', 'main.ts'],
    /main\.ts:2: TypeScript enum.*erasableSyntaxOnly/,
  ],
  [
    'an enum in an import',
    { 'main.ts': "import './color.ts'", 'color.ts': 'export enum Color { Red }' },
    ['run', 'main.ts'],
    /color\.ts:1: TypeScript enum.*erasableSyntaxOnly/,
  ],
  [
    'a fault in TypeScript',
    { 'main.ts': 'const a: number = 1\nconst b = }' },
    ['run', 'main.ts'],
    /main\.ts:2: /,
  ],
  [
    'a fault in JavaScript',
    { 'main.mjs': 'const a = 1\nconst b = }' },
    ['run', 'main.mjs'],
    /main\.mjs:2: Unexpected token/,
  ],
  [
    'a missing import',
    { 'main.ts': "import './gone.ts'" },
    ['run', 'main.ts'],
    /main\.ts cannot be loaded.*gone\.ts/,
  ],
  [
    'a missing export',
    { 'main.ts': "import { slep } from 'plait'\nslep()" },
    ['run', 'main.ts'],
    /main\.ts:1: .*slep/,
  ],
  [
    'a missing subpath',
    { 'main.ts': "import 'plait/nothing'" },
    ['run', 'main.ts'],
    /main\.ts cannot be loaded.*nothing/,
  ],
  [
    'a load that never ends',
    { 'main.ts': 'await new Promise(() => {})' },
    ['run', 'main.ts'],
    /main\.ts never finishes loading/,
  ],
]

test.each(REFUSALS)('%s is refused in one clear line', async (_, files, args, expected) => {
  const { code, stdout, stderr } = await plait(args, folderWith(files))
  expect({ code, stdout, lines: stderr.split('\n').length - 1 }).toEqual({ code: 1, stdout: '', lines: 1 })
  expect(stderr).toMatch(/^plait: /)
  expect(stderr).toMatch(expected)
})

test('an error that the module throws while it loads is told with its stack', async () => {
  const folder = folderWith({ 'main.ts': `JSON.parse('{')` })
  const { code, stderr } = await plait(['run', 'main.ts'], folder)
  expect(code).toBe(1)
  expect(stderr).toMatch(/SyntaxError: .*JSON/)
  expect(stderr).toMatch(/at .*main\.ts:1/)
})

test('a Node that is too old is refused in one clear line', async () => {
  const old = `Object.defineProperty(process.versions, 'node', { value: '20.20.2' })`
  const { code, stdout, stderr } = await plait(['--version'], undefined, [
    '--import',
    `data:text/javascript,${old}`,
  ])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^plait: Node 20\.20\.2 is too old, 22\.18 is the least.*\n$/)
})

test('the entry loads nothing before it has looked at the version', () => {
  const entry = readFileSync(join(import.meta.dirname, '../../src/cli.ts'), 'utf8')
  expect(entry.startsWith('#!/usr/bin/env node\n')).toBe(true)
  expect(entry).not.toMatch(/^\s*(import\s[^(]|export\s.*from)/m)
  expect(entry).not.toMatch(/^\s*await\b|\?\?|\?\.|#\w+\s*[=(;]/m)
})

test('help and version are said on standard output', async () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))
  expect(await plait(['--version'])).toEqual({
    code: 0,
    signal: null,
    stdout: `${manifest.version}\n`,
    stderr: '',
  })
  const help = await plait(['--help'])
  expect(help).toMatchObject({ code: 0, stderr: '' })
  expect(help.stdout).toContain('plait run')
  const runHelp = await plait(['run', '--help'])
  expect(runHelp).toMatchObject({ code: 0, stderr: '' })
  for (const flag of ['--debug', '--slow-step', '--virtual-time']) expect(runHelp.stdout).toContain(flag)
})
