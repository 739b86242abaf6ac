import type { ChildProcess, SpawnSyncOptions } from 'node:child_process'
import { nodeModule } from '../../coroutine/node-module.ts'
import type { Begun, Done } from './cooperative.ts'

/** What the blocking functions are told, as far as the child is not: the rest is for `spawn`. */
export type CollectOptions = Omit<SpawnSyncOptions, 'signal'> & { readonly signal?: unknown }

/** Why there is no result: there was no child. The blocking function has no more to begin with, and says it its own way. */
export const NOT_STARTED: unknown = new Error('the child was not started')

/** What is left of a child when it is over. */
export interface Result {
  /** Why it was ended, or its input not taken. */
  error?: Error
  status: number | null
  signal: NodeJS.Signals | null
  /** What it wrote, by descriptor. */
  output: (string | Buffer | null)[]
  pid: number
  stdout: string | Buffer | null
  stderr: string | Buffer | null
}

/**
 * Gives a child its input, gathers what it writes until it is over, and calls back with the result that `spawnSync` would
 * give. Given up, it is killed.
 */
export function collect(
  child: ChildProcess,
  options: CollectOptions,
  input: string | Uint8Array | undefined,
  done: Done,
): Begun {
  const { spawnfile, spawnargs } = child
  const failure = (code: string): Error => errnoError(code, spawnfile, spawnargs.slice(1))
  const chunks: Buffer[][] = child.stdio.map(() => [])
  let size = 0
  let ended: Error | undefined
  let ofPipe: Error | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const letGo = (): void => {
    for (const stream of child.stdio) stream?.destroy()
  }
  const end = (code: string): void => {
    if (ended !== undefined) return
    ended = failure(code)
    child.kill(options.killSignal || 'SIGTERM')
    letGo()
  }

  const gathered = (): Result['output'] =>
    child.stdio.map((stream, index) =>
      index === 0 || stream === null || stream === undefined
        ? null
        : written(Buffer.concat(chunks[index] ?? []), options.encoding),
    )

  child.stdio.forEach((stream, index) => {
    if (stream === null || stream === undefined) return
    stream.on('error', (error: NodeJS.ErrnoException) => {
      ofPipe ??= failure(error.code ?? 'EIO')
    })
    if (index === 0) return
    stream.on('data', (chunk: Buffer) => {
      chunks[index]?.push(chunk)
      size += chunk.length
      if (options.maxBuffer !== undefined && options.maxBuffer > 0 && size > options.maxBuffer) end('ENOBUFS')
    })
  })
  child.on('error', () => {
    // One that runs, and could not be killed, is waited for.
    if (child.pid !== undefined) return
    letGo()
    done(NOT_STARTED)
  })
  child.on('close', (status, signal) => {
    clearTimeout(timer)
    if (child.pid === undefined) return
    const error = ended ?? ofPipe
    try {
      const result = resultOf(signal === null ? status : null, signal, gathered(), child.pid)
      done(null, error === undefined ? result : { error, ...result })
    } catch (error) {
      done(error) // An encoding that is none.
    }
  })
  if (options.timeout) timer = setTimeout(end, options.timeout, 'ETIMEDOUT')
  child.stdin?.end(input)

  return {
    undo() {
      clearTimeout(timer)
      child.kill(options.killSignal || 'SIGKILL')
      letGo()
    },
  }
}

function resultOf(
  status: number | null,
  signal: NodeJS.Signals | null,
  output: Result['output'],
  pid: number,
): Result {
  return { status, signal, output, pid, stdout: output[1] ?? null, stderr: output[2] ?? null }
}

function written(bytes: Buffer, encoding: CollectOptions['encoding']): string | Buffer {
  return !encoding || encoding === 'buffer' ? bytes : bytes.toString(encoding)
}

/** The error of a child that could not be run to its end, as `spawnSync` words it. */
function errnoError(code: string, file: string, spawnargs: readonly string[]): Error {
  const syscall = `spawnSync ${file}`
  return Object.assign(new Error(`${syscall} ${code}`), {
    errno: errnoOf(code),
    code,
    syscall,
    path: file,
    spawnargs,
  })
}

function errnoOf(code: string): number | undefined {
  const names = nodeModule<typeof import('node:util')>('node:util')?.getSystemErrorMap() ?? new Map()
  for (const [errno, [name]] of names as Map<number, [string, string]>) if (name === code) return errno
  return undefined
}
