import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const FROM_SOURCE = fileURLToPath(new URL('from-source.ts', import.meta.url))
const REGISTER = fileURLToPath(new URL('../../src/register.ts', import.meta.url))
export const CLI: string = fileURLToPath(new URL('../../../plait/src/cli.ts', import.meta.url))

// Programs load a hundred files each, as TypeScript: read from Node's cache they are there in a third of the time.
const COMPILED = fileURLToPath(new URL('../../../../node_modules/.cache/plait-workers', import.meta.url))

/** The flags that a program is started with: the loader, from its source. */
export const FLAGS: readonly string[] = ['--import', FROM_SOURCE, '--import', REGISTER]
/** With the loader, and nothing to transform with. */
export const FLAGS_WITHOUT_TRANSFORM: readonly string[] = [
  ...['--import', fileURLToPath(new URL('without-transform.ts', import.meta.url))],
  ...FLAGS,
]
/** With the loader, and nowhere a plait. */
export const FLAGS_WITHOUT_PLAIT: readonly string[] = [
  ...['--import', fileURLToPath(new URL('without-plait.ts', import.meta.url)), '--import', REGISTER],
]
/** Nowhere a plait-colorless. */
export const FLAGS_WITHOUT_COLORLESS: readonly string[] = [
  ...['--import', FROM_SOURCE],
  ...['--import', fileURLToPath(new URL('without-colorless.ts', import.meta.url))],
]
/** Without the loader. */
export const PLAIN_FLAGS: readonly string[] = ['--import', FROM_SOURCE]

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Settings {
  readonly flags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** A folder of the test's own with these files, and a package.json that makes modules of them unless there is one. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'plait-loader-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  write(folder, { 'package.json': '{ "type": "module" }', ...files })
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  return folder
}

export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

export function start(folder: string, args: readonly string[], settings: Settings = {}): ChildProcess {
  const { flags = FLAGS, env = {}, cwd = folder } = settings
  // What vitest tells its workers is not for the programs.
  const { NODE_OPTIONS: _, VITEST: __, ...inherited } = process.env
  const child = spawn(process.execPath, [...flags, ...args], {
    cwd,
    env: { NODE_COMPILE_CACHE: COMPILED, ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return child
}

export function ended(child: ChildProcess): Promise<Outcome> {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => resolve({ code, stdout, stderr }))
  })
}

/** Runs a program to its end. */
export function run(folder: string, args: readonly string[], settings?: Settings): Promise<Outcome> {
  return ended(start(folder, args, settings))
}

/** Runs a program that must end well and say nothing on standard error; gives the lines that it printed. */
export async function linesOf(
  folder: string,
  args: readonly string[],
  settings?: Settings,
): Promise<string[]> {
  const { code, stdout, stderr } = await run(folder, args, settings)
  if (code !== 0 || stderr !== '') throw new Error(`ended with ${code}\n${stdout}${stderr}`)
  return stdout.trimEnd().split('\n')
}
