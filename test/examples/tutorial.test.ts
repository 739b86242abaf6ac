import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'examples/tutorial')
const programs = readdirSync(folder).filter(file => file.endsWith('.ts'))
const read = (file: string): string => readFileSync(join(folder, file), 'utf8')

function node(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('every program of the tutorial prints what stands beside it', () => {
  const { status, stdout, stderr } = node(join(root, 'scripts/check-examples.mjs'))
  expect(stdout.split('\n').filter(line => !line.startsWith('ok '))).toEqual([
    `${programs.length} examples, 0 failed`,
    '',
  ])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
}, 180_000)

test('the check names each program that fails, prints something else or has nothing to compare with', () => {
  const copy = mkdtempSync(join(tmpdir(), 'plait-tutorial-'))
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  for (const script of ['check-examples.mjs', 'runtime.mjs'])
    cpSync(join(root, 'scripts', script), join(copy, 'scripts', script))
  mkdirSync(join(copy, 'packages'))
  symlinkSync(join(root, 'packages/plait'), join(copy, 'packages/plait'))
  const examples = join(copy, 'examples/tutorial')
  mkdirSync(examples, { recursive: true })
  const write = (name: string, body: string | undefined, output: string | undefined): void => {
    const program = `export default async function main() {\n  ${body}\n}\n`
    if (body !== undefined) writeFileSync(join(examples, `${name}.ts`), program)
    if (output !== undefined) writeFileSync(join(examples, `${name}.txt`), output)
  }
  write('right', "console.log('hi')", 'hi\n')
  write('different', "console.log('ho')", 'hi\n')
  write('longer', "console.log('hi\\n')", 'hi\n')
  write('failing', "console.log('hi'); throw new Error('no')", 'hi\n')
  write('grumbling', "console.log('hi'); console.error('but')", 'hi\n')
  write('unrecorded', "console.log('hi')", undefined)
  write('orphan', undefined, 'hi\n')

  const { status, stdout } = node(join(copy, 'scripts/check-examples.mjs'))
  const verdicts = stdout.match(/^(?:ok|FAIL) +[a-z]+(?=:|$)|^\d.*/gm)
  expect(verdicts?.map(line => line.replace(/ +/g, ' ')).sort()).toEqual([
    '6 examples, 6 failed',
    'FAIL different',
    'FAIL failing',
    'FAIL grumbling',
    'FAIL longer',
    'FAIL orphan',
    'FAIL unrecorded',
    'ok right',
  ])
  expect(status).toBe(1)
})

test("the tutorial's README leads to every program, and to nothing else", () => {
  const links = [...read('README.md').matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target)
  expect(links.toSorted()).toEqual(programs.toSorted())
})

test.each(['dispatcher.ts', 'dispatcher-async.ts'])('%s imports nothing', file => {
  expect(read(file)).not.toMatch(/\b(import|require)\b/)
})

test.each([
  ['million-switches', /^[\d,]+ switches a second$/],
  ['hundred-thousand', /^took \d+ ms, and \d+ bytes for each$/],
] as const)('%s prints what it measured behind its counts, if asked', (name, figures) => {
  const command = join(root, 'packages/plait/bin/plait.js')
  const { status, stdout, stderr } = node(command, 'run', join(folder, `${name}.ts`), '--measure')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const counts = read(`${name}.txt`)
  expect(stdout.startsWith(counts)).toBe(true)
  expect(stdout.slice(counts.length).trimEnd()).toMatch(figures)
})
