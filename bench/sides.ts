import { execFileSync } from 'node:child_process'
import { accessSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { sideOrder } from './catalogue.ts'

/** A program of a case: how to start it, or why it cannot be. */
export type Side =
  | { readonly kind: 'ready'; readonly name: string; readonly command: readonly string[] }
  | { readonly kind: 'absent'; readonly name: string; readonly why: string }

// The heap is large so that no side spends its time fighting for room; what it takes is measured, not limited.
const NODE_FLAGS = ['--expose-gc', '--max-old-space-size=12000']

const casesFolder = join(import.meta.dirname, 'cases')

/** Every program in the folder of a case, in the order of the table. */
export function sidesOf(caseId: string): readonly Side[] {
  const folder = join(casesFolder, caseId)
  const sides = readdirSync(folder).map(file => sideOf(folder, file))
  return sides.sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1))
}

function sideOf(folder: string, file: string): Side {
  const path = join(folder, file)
  if (file.endsWith('.ts')) {
    return {
      kind: 'ready',
      name: file.slice(0, -'.ts'.length),
      command: [process.execPath, ...NODE_FLAGS, path],
    }
  }
  if (file.endsWith('.lua')) {
    return isOnPath('luajit')
      ? { kind: 'ready', name: 'luajit', command: ['luajit', path] }
      : absent('luajit', 'luajit is not on the PATH')
  }
  if (file.endsWith('.py')) {
    const name = file.slice(0, -'.py'.length)
    const needed = /^python-(\w+)$/.exec(name)?.[1]
    const python = (needed === undefined ? ['python3'] : pythons).find(one => isPython(one, needed))
    // Without -B it would leave what it compiled beside the sources.
    return python === undefined
      ? absent(name, needed === undefined ? 'python3 is not on the PATH' : `no python3 here has ${needed}`)
      : { kind: 'ready', name, command: [python, '-B', path] }
  }
  if (file === 'go') return goSide(path)
  throw new Error(`${path} is no program of a side: expected NAME.ts, NAME.py, luajit.lua or go/`)
}

/** The one on the PATH, and that of the system, which has the system's packages. */
const pythons: readonly string[] = ['python3', '/usr/bin/python3']

/** Whether this is there, and has a module if one is needed. */
function isPython(program: string, module: string | undefined): boolean {
  try {
    execFileSync(program, ['-B', '-c', module === undefined ? '' : `import ${module}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function goSide(folder: string): Side {
  if (!isOnPath('go')) return absent('go', 'go is not on the PATH')
  const built = mkdtempSync(join(tmpdir(), 'plait-bench-'))
  process.once('exit', () => rmSync(built, { recursive: true, force: true }))
  const program = join(built, 'program')
  try {
    execFileSync('go', ['build', '-o', program, join(folder, 'main.go')], { stdio: 'pipe' })
  } catch (error) {
    return absent('go', `go could not build it: ${String((error as Error).message).split('\n')[0]}`)
  }
  return { kind: 'ready', name: 'go', command: [program] }
}

function absent(name: string, why: string): Side {
  return { kind: 'absent', name, why }
}

function rank(name: string): number {
  const place = sideOrder.indexOf(name)
  return place === -1 ? sideOrder.length : place
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
