import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Results } from '../../bench/results.ts'
import type { Target } from '../../bench/targets.ts'

const aside = mkdtempSync(join(tmpdir(), 'plait-bench-test-'))
afterAll(() => rmSync(aside, { recursive: true, force: true }))

const program = join(import.meta.dirname, '../../bench/run.ts')

const unbound = { caseId: 'c02-spawn', metric: 'spawn and join', side: 'plait' }

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function bench(...args: string[]): Promise<Ended> {
  return new Promise(resolve => {
    execFile(process.execPath, [program, ...args], (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr })
    })
  })
}

function targetsFile(name: string, targets: readonly Partial<Target>[]): string {
  const file = join(aside, name)
  writeFileSync(file, JSON.stringify(targets))
  return file
}

test('a quick run prints a row for each side, and writes what it printed', async () => {
  const json = join(aside, 'results.json')
  const { code, stdout } = await bench('spawn', '--quick', '--json', json)
  expect(code).toBe(0)
  const written = JSON.parse(readFileSync(json, 'utf8')) as Results
  expect(written.gaps).toEqual([])
  for (const side of ['floor', 'native', 'native-all', 'effect', 'effection', 'plait']) {
    expect(stdout).toMatch(new RegExp(`^ +${side} .*\\d \\.\\. \\d`, 'm'))
    expect(written.rows.find(row => row.side === side)?.values[0]).toBeGreaterThan(0)
  }
})

test.each([
  [
    'queue',
    ['floor', 'floor-inline', 'native', 'native-handover', 'effect', 'effection', 'plait', 'plait-channel'],
  ],
  ['lock', ['floor', 'native', 'effect', 'plait']],
  ['offload', ['raw', 'piscina', 'tinypool', 'workerpool', 'plait']],
  ['processes', ['raw', 'tinypool', 'workerpool', 'plait']],
])('no side of the case %s breaks down or gives a wrong result', async (name, sides) => {
  const json = join(aside, `${name}.json`)
  const { code } = await bench(name, '--quick', '--json', json)
  expect(code).toBe(0)
  const { rows, gaps } = JSON.parse(readFileSync(json, 'utf8')) as Results
  // Go and Python are on some machines only.
  expect(gaps.filter(({ kind }) => kind !== 'absent')).toEqual([])
  expect(rows.map(({ side }) => side)).toEqual(expect.arrayContaining(sides))
})

test('a check ends with 1 and names the target that was missed, and only that', async () => {
  const spawn = { caseId: 'c02-spawn', metric: 'spawn and join', side: 'plait' }
  const targets = [
    { ...spawn, limit: 0.000001, of: { side: 'floor' } },
    { ...spawn, limit: 1e12 },
    { caseId: 'c06-depth', metric: 'resume at depth 1', side: 'plait', limit: 1 },
  ]
  const file = targetsFile('impossible.json', targets)
  const { code, stdout } = await bench('2', '--quick', '--check', '--targets', file)
  expect(code).toBe(1)
  expect(stdout).toMatch(/^Missed: c02-spawn spawn and join: plait \/ floor\.$/m)
  expect(stdout).toMatch(/^ +met +c02-spawn spawn and join: plait +[\d,]+ +<= 1000000000000$/m)
  expect(stdout).toMatch(/^ +not measured +c06-depth .* c06-depth was not run$/m)
})

test('a check ends with 0 where every target is met', async () => {
  const target = { caseId: 'c02-spawn', metric: 'spawn and join', side: 'plait', limit: 1e12 }
  const { code, stdout } = await bench(
    'spawn',
    '--quick',
    '--check',
    '--targets',
    targetsFile('easy.json', [target]),
  )
  expect(code).toBe(0)
  expect(stdout).toContain('No target is missed.')
})

test.each([
  [['no-such-case'], '"no-such-case"'],
  [['--rounds', '0'], '"0"'],
  [['--speed'], '--speed'],
  [['--check', '--targets', join(aside, 'absent.json')], 'absent.json'],
  [['--check', '--targets', targetsFile('unbound.json', [unbound])], 'entry 0'],
])('%j is answered in one line that names it, before anything runs', async (args, named) => {
  const { code, stdout, stderr } = await bench(...args)
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toMatch(/^[^\n]+\n$/)
  expect(stderr).toContain(named)
})
