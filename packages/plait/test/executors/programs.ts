import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const INDEX = new URL('../../src/index.ts', import.meta.url).href
const EXECUTORS = new URL('../../src/executors.ts', import.meta.url).href
const JOBS = new URL('./jobs/', import.meta.url).href

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Program {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  /** The text after `label` on the line that begins so, once that is there. */
  line(label: string): Promise<string>
}

/**
 * A program in a process of its own: the text of a module, in which `Pool` is the kind of pool that is tried, `plait` and
 * `executors` are the library, and `load('name')` gives the jobs of that name.
 */
export function startProgram(kind: 'threads' | 'processes', text: string): Program {
  const folder = mkdtempSync(join(tmpdir(), 'plait-program-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'program.ts')
  const pool = kind === 'threads' ? 'ThreadPoolExecutor' : 'ProcessPoolExecutor'
  const head = `import * as plait from '${INDEX}'
import * as executors from '${EXECUTORS}'
const { ${pool}: Pool } = executors
const load = name => import('${JOBS}' + name + '.ts')
`
  writeFileSync(file, head + text)
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
  const line = (label: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = new RegExp(`^${label}(.*)\n`, 'm').exec(stdout)
        if (found !== null) resolve(found[1] as string)
      }
      child.stdout.on('data', look)
      void ended.then(() => reject(new Error(`it ended without "${label}":\n${stdout}${stderr}`)), reject)
      look()
    })
  return { process: child, ended, line }
}
