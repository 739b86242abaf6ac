import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CLI = join(ROOT, 'packages/plait/src/cli.ts')

export interface Crawl {
  readonly process: ChildProcess
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>
  /** Resolves when it has said this, on either stream; rejects if it ends without. */
  said(pattern: RegExp): Promise<void>
  /** What was written to out/data.html; undefined if nothing was. */
  data(): string | undefined
}

/** Runs the crawler as `npm start -- …args` does, writing to a folder of the test's own. */
export function crawl(...args: string[]): Crawl {
  const out = mkdtempSync(join(tmpdir(), 'plait-crawl-'))
  const child = spawn(
    process.execPath,
    [CLI, 'run', join(ROOT, 'examples/crawl.ts'), '--out', out, ...args],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  onTestFinished(() => {
    child.kill('SIGKILL')
    rmSync(out, { recursive: true, force: true })
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return {
    process: child,
    ended: new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', code => resolve({ code, stdout, stderr }))
    }),
    said: pattern =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (pattern.test(stdout) || pattern.test(stderr)) resolve()
        }
        child.stdout.on('data', look)
        child.stderr.on('data', look)
        child.on('close', () => reject(new Error(`it ended without saying ${pattern}: ${stdout}${stderr}`)))
        look()
      }),
    data: () => {
      const file = join(out, 'data.html')
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined
    },
  }
}

/** The row of the table that begins with this name, its cells in order. */
export function row(stdout: string, name: string): string[] {
  const line = stdout.split('\n').find(one => one.startsWith(`${name}  `))
  return line === undefined ? [] : line.slice(name.length).trim().split(/ {2,}/)
}

export function sectionCount(html: string | undefined): number {
  return html?.match(/<section /g)?.length ?? 0
}
