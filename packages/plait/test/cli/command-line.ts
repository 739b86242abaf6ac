import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

export interface Outcome {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A `plait` under way, run from source in a process of its own. */
export interface Running {
  readonly process: ChildProcess
  readonly ended: Promise<Outcome>
  /** Resolves when standard output has said this; rejects if it ends without. */
  said(text: string): Promise<void>
}

/** A folder of the test's own, with these files in it. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'plait-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

export function start(args: readonly string[], cwd: string, nodeFlags: readonly string[] = []): Running {
  const child = spawn(process.execPath, [...nodeFlags, CLI, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let stdout = ''
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
  const said = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (stdout.includes(text)) resolve()
      }
      child.stdout.on('data', look)
      child.on('close', () => reject(new Error(`it ended without saying "${text}": ${stdout}${stderr}`)))
      look()
    })
  return { process: child, ended, said }
}

/** Runs `plait` to its end. */
export function plait(
  args: readonly string[],
  cwd: string = tmpdir(),
  nodeFlags?: readonly string[],
): Promise<Outcome> {
  return start(args, cwd, nodeFlags).ended
}

/** Runs one program, given as the text of a TypeScript module. */
export function runText(
  text: string,
  args: readonly string[] = [],
  flags: readonly string[] = [],
): Promise<Outcome> {
  return plait(['run', ...flags, 'main.ts', ...args], folderWith({ 'main.ts': text }))
}

export function startText(text: string): Running {
  return start(['run', 'main.ts'], folderWith({ 'main.ts': text }))
}
