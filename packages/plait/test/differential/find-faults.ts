import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/** One rule, broken. */
export interface Fault {
  readonly what: string
  /** A file of packages/plait/src. */
  readonly file: string
  /** Stands in the file exactly once. */
  readonly find: string
  readonly replace: string
}

/** A comparison that is to find faults. */
export interface Comparison<F extends Fault> {
  /** Its folder, beside this one. */
  readonly folder: string
  /** What it needs beside the sources of plait and the comparisons of asyncio. */
  readonly parts?: readonly string[]
  readonly faults: readonly F[]
  /** Of how many programs one has to find a fault, where nothing else is asked for. */
  readonly count: number
  readonly limitMs: number
  /** How a fault is called in the list; else by what it breaks. */
  readonly title?: (fault: F) => string
}

const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const always: readonly string[] = [
  ...['packages/plait/package.json', 'packages/plait/src'],
  ...['packages/plait/test/differential', 'packages/plait/test/whole-number.ts'],
]

/**
 * Puts faults into a copy of the sources, one at a time, and asks that a comparison find each within so many random
 * programs: `--seed S`, `--count N`, `--only TEXT`. The exit code is 1 if one was not found.
 */
export function findFaults<F extends Fault>(comparison: Comparison<F>): void {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: String(comparison.count) },
      only: { type: 'string', default: '' },
    },
  })
  const workshop = mkdtempSync(join(tmpdir(), 'plait-faults-'))
  let missed = 0
  try {
    const folder = `packages/plait/test/${comparison.folder}`
    lay(workshop, new Set([...always, folder, ...(comparison.parts ?? [])]))
    const look = (): string | undefined => {
      const options = ['--seed', values.seed, '--count', values.count, '--show', '0', '--until-difference']
      return firstFound([join(workshop, folder, 'cli.ts'), ...options], comparison.limitMs)
    }
    console.log(`seed ${values.seed}, up to ${values.count} programs for each fault\n`)
    const sound = look()
    if (sound !== undefined) throw new Error(`without any fault there is a difference already: ${sound}`)
    for (const fault of comparison.faults.filter(({ what }) => what.includes(values.only))) {
      const mend = breakIt(workshop, fault)
      const found = look()
      mend()
      if (found === undefined) missed += 1
      console.log(`${(found ?? 'NOT FOUND').padEnd(14)} ${comparison.title?.(fault) ?? fault.what}`)
    }
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
  console.log(missed === 0 ? '\nevery fault was found' : `\n${missed} faults were not found`)
  process.exitCode = missed === 0 ? 0 : 1
}

/** A repository with no more in it than a comparison needs. */
function lay(workshop: string, parts: ReadonlySet<string>): void {
  symlinkSync(join(repository, 'node_modules'), join(workshop, 'node_modules'))
  for (const part of parts) {
    mkdirSync(dirname(join(workshop, part)), { recursive: true })
    cpSync(join(repository, part), join(workshop, part), { recursive: true })
  }
}

/** The text that a fault is put into; it is an error if that has not one place for it. */
export function soundText({ file, find, what }: Fault, root: string = repository): string {
  const sound = readFileSync(join(root, 'packages/plait/src', file), 'utf8')
  const places = sound.split(find).length - 1
  if (places === 1) return sound
  throw new Error(`"${what}" is to be put into one place of ${file}, and there are ${places}`)
}

function breakIt(workshop: string, fault: Fault): () => void {
  const { file, find, replace } = fault
  const path = join(workshop, 'packages/plait/src', file)
  const sound = soundText(fault, workshop)
  writeFileSync(
    path,
    sound.replace(find, () => replace),
  )
  return () => writeFileSync(path, sound)
}

/** Where the comparison found a difference; undefined if it found none. */
function firstFound(command: readonly string[], limitMs: number): string | undefined {
  const { stdout, stderr, status, error } = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    timeout: limitMs,
  })
  if (error !== undefined) return 'it hangs'
  const found = /^they differ on (\d+)/m.exec(stdout)
  if (found !== null) return `program ${found[1]}`
  // The copy must run: a fault that only breaks it proves nothing.
  if (!stdout.includes(' 0 differences'))
    throw new Error(`the comparison broke (${status}):\n${stdout}\n${stderr}`)
  return undefined
}
