/**
 * Does the comparison find what it is for? Puts faults into a copy of the greenlets, one at a time, and asks that each be
 * found within so many random programs.
 *
 *   node faults.ts [--seed S] [--count N] [--only TEXT]
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Fault, faults } from './planted-faults.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '3000' },
    only: { type: 'string', default: '' },
  },
})

const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const workshop = mkdtempSync(join(tmpdir(), 'plait-greenlet-faults-'))
const parts = [
  ...['packages/plait/package.json', 'packages/plait/src', 'packages/plait/test/greenlet-differential'],
  ...['packages/plait/test/differential', 'packages/plait/test/whole-number.ts'],
  ...['packages/colorless/package.json', 'packages/colorless/src'],
]

/** A repository with no more in it than a comparison needs. */
function lay(): void {
  symlinkSync(join(repository, 'node_modules'), join(workshop, 'node_modules'))
  for (const part of parts) {
    mkdirSync(dirname(join(workshop, part)), { recursive: true })
    cpSync(join(repository, part), join(workshop, part), { recursive: true })
  }
}

function breakIt({ file, find, replace, what }: Fault): () => void {
  const path = join(workshop, 'packages/plait/src', file)
  const sound = readFileSync(path, 'utf8')
  const places = sound.split(find).length - 1
  if (places !== 1)
    throw new Error(`"${what}" is to be put into one place of ${file}, and there are ${places}`)
  writeFileSync(
    path,
    sound.replace(find, () => replace),
  )
  return () => writeFileSync(path, sound)
}

/** Where the comparison found a difference; undefined if it found none. */
function firstFound(): string | undefined {
  const { seed, count } = values
  const options = ['--seed', seed, '--count', count, '--show', '0', '--until-difference']
  const { stdout, stderr, status, error } = spawnSync(
    process.execPath,
    [join(workshop, 'packages/plait/test/greenlet-differential/cli.ts'), ...options],
    { encoding: 'utf8', timeout: 300_000 },
  )
  if (error !== undefined) return 'it hangs'
  const found = /^they differ on (\d+)/m.exec(stdout)
  if (found !== null) return `program ${found[1]}`
  // The copy must run: a fault that only breaks it proves nothing.
  if (!stdout.includes(' 0 differences'))
    throw new Error(`the comparison broke (${status}):\n${stdout}\n${stderr}`)
  return undefined
}

let missed = 0
try {
  lay()
  console.log(`seed ${values.seed}, up to ${values.count} programs for each fault\n`)
  const sound = firstFound()
  if (sound !== undefined) throw new Error(`without any fault there is a difference already: ${sound}`)
  for (const fault of faults.filter(({ what }) => what.includes(values.only))) {
    const mend = breakIt(fault)
    const found = firstFound()
    mend()
    if (found === undefined) missed += 1
    console.log(`${(found ?? 'NOT FOUND').padEnd(14)} ${fault.what}`)
  }
} finally {
  rmSync(workshop, { recursive: true, force: true })
}
console.log(missed === 0 ? '\nevery fault was found' : `\n${missed} faults were not found`)
process.exitCode = missed === 0 ? 0 : 1
