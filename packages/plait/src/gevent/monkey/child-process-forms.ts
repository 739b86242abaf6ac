import type { SpawnOptions } from 'node:child_process'
import { nodeModule } from '../../coroutine/node-module.ts'
import { type CollectOptions, collect, NOT_STARTED, type Result } from './collect-child.ts'
import type { Begin, Done, Form } from './cooperative.ts'

type ChildProcess = typeof import('node:child_process')

/** What a blocking call of a child is given. */
interface Call {
  readonly file: unknown
  readonly args: readonly unknown[]
  readonly options: CollectOptions
}

/** What a child may write, if nothing is said of it. */
const MAX_BUFFER = 1024 * 1024

const STREAMS: ReadonlySet<unknown> = new Set([
  undefined,
  null,
  'pipe',
  'ignore',
  'inherit',
  'overlapped',
] as const)

/** The forms of the blocking functions of `child_process`, by their names. */
export function childProcessForms(childProcess: ChildProcess): Record<string, Form> {
  const { spawn } = childProcess
  const form = (read: (args: readonly unknown[]) => Call | undefined, end: End): Form => {
    const begin: Begin = (_self, args, done) => {
      const call = read(args) as Call
      const {
        timeout: _timeout,
        signal: _signal,
        maxBuffer: _maxBuffer,
        input: _input,
        ...rest
      } = call.options
      const input = inputOf(call.options)
      const child = (spawn as Spawn)(call.file, call.args, rest)
      return collect(child, { ...call.options, maxBuffer: limitOf(call.options) }, input, (error, result) => {
        if (error !== null) done(error)
        else ending(() => end(result as Result, call), done)
      })
    }
    return {
      begin,
      isPlain: args => !isKnown(read(args)),
      isSaidOtherwise: error => error === NOT_STARTED,
    }
  }
  return {
    spawnSync: form(fileCall, result => result),
    execFileSync: form(fileCall, (result, { file, args, options }) =>
      outputOf(result, options, [options.argv0 || file, ...args].join(' ')),
    ),
    execSync: form(commandCall, (result, { options, file }) => outputOf(result, options, String(file))),
  }
}

type Spawn = (...args: unknown[]) => ReturnType<ChildProcess['spawn']>

/** What a call gives of the child's result, or throws. */
type End = (result: Result, call: Call) => unknown

function ending(end: () => unknown, done: Done): void {
  let value: unknown
  try {
    value = end()
  } catch (error) {
    done(error)
    return
  }
  done(null, value)
}

/** `spawnSync(file, args?, options?)`. Undefined for what that does not take. */
function fileCall([file, first, second]: readonly unknown[]): Call | undefined {
  const isList = Array.isArray(first)
  const options = isList || first === undefined || first === null ? second : first
  if (options === null || !isOptions(options)) return undefined
  return { file, args: isList ? first : [], options: { ...options } }
}

/** `execSync(command, options?)`: by a shell. */
function commandCall([command, options]: readonly unknown[]): Call | undefined {
  if (typeof command !== 'string' || !isOptions(options)) return undefined
  const { shell } = (options ?? {}) as SpawnOptions
  return { file: command, args: [], options: { ...options, shell: typeof shell === 'string' ? shell : true } }
}

function isOptions(options: unknown): options is CollectOptions | undefined | null {
  return options === undefined || options === null || (typeof options === 'object' && !Array.isArray(options))
}

/** Whether all that the blocking function alone would check is as it should be; what it shares with `spawn` that one does. */
function isKnown(call: Call | undefined): boolean {
  if (call === undefined) return false
  const { timeout, maxBuffer, input, stdio } = call.options as Record<string, unknown>
  const streams = Array.isArray(stdio) ? stdio : [stdio]
  return (
    isMissingOr(timeout, value => Number.isInteger(value) && (value as number) >= 0) &&
    isMissingOr(maxBuffer, value => typeof value === 'number' && value >= 0) &&
    isMissingOr(input, value => typeof value === 'string' || ArrayBuffer.isView(value)) &&
    streams.every(one => STREAMS.has(one) || typeof one === 'number' || typeof one === 'object')
  )
}

function isMissingOr(value: unknown, isRight: (value: unknown) => boolean): boolean {
  return value === undefined || value === null || isRight(value)
}

/** A text in the encoding that the output has too. */
function inputOf({ input, encoding }: CollectOptions): string | Uint8Array | undefined {
  if (input === undefined || input === null || input === '') return undefined
  if (typeof input === 'string') return Buffer.from(input, encoding as BufferEncoding)
  return new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
}

/** A limit that is named, and is none, is none. */
function limitOf(options: CollectOptions): number {
  return 'maxBuffer' in options ? (options.maxBuffer ?? 0) : MAX_BUFFER
}

/** What the child wrote; an error if it failed. */
function outputOf(result: Result, options: CollectOptions, command: string): unknown {
  const { stderr } = result
  if (!options.stdio && stderr !== null && stderr.length > 0) {
    nodeModule<NodeJS.Process>('node:process')?.stderr.write(stderr)
  }
  if (result.error !== undefined) throw Object.assign(result.error, result)
  if (result.status !== 0) {
    const told = stderr !== null && stderr.length > 0 ? `\n${stderr}` : ''
    throw Object.assign(new Error(`Command failed: ${command}${told}`), result)
  }
  return result.stdout
}
