import { isCancelled } from '../errors/cancelled-error.ts'
import { run } from '../tasks/run.ts'
import { CommandError } from './command.ts'
import { onClosedPipe } from './end-process.ts'
import { errorTree } from './error-tree.ts'
import type { Program } from './load-program.ts'

export interface RunSettings {
  readonly debug: boolean
  readonly clock: 'monotonic' | 'virtual'
  readonly slowStepMs: number | undefined
}

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const
type Signal = keyof typeof EXIT_CODES

/**
 * npm passes a Ctrl-C on to a program that the terminal has told already: two signals, one keystroke. A person needs
 * longer than this to press it again.
 */
const ONE_KEYSTROKE_MS = 300

/**
 * Runs a program to its end and gives the exit code. Ctrl-C, SIGTERM, a closed pipe and an error that escaped every
 * task cancel it; its cleanup is waited for, however long it takes, unless a second signal comes.
 */
export async function runProgram(
  program: Program,
  args: readonly string[],
  settings: RunSettings,
): Promise<number> {
  const ending = new Ending(settings)
  try {
    await run(program.start(args), { ...settings, signal: ending.signal, name: program.name })
  } catch (error) {
    if (error instanceof CommandError) throw error
    ending.failed(error)
  } finally {
    ending.stopWatching()
  }
  return ending.exitCode
}

/** Why a program ends: by itself, or because of what, first, cancelled it. */
class Ending {
  readonly #cancel = new AbortController()
  readonly #undo: (() => void)[] = []
  #signal: { readonly name: Signal; readonly at: number } | undefined
  readonly #allFrames: boolean
  #hasFailed = false
  #exhausted = 0

  constructor(settings: RunSettings) {
    this.#allFrames = settings.debug
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      const listener = (): void => this.#signalled(name)
      process.on(name, listener)
      this.#undo.push(() => process.off(name, listener))
    }
    const escaped = (error: unknown): void => this.#escaped(error)
    process.on('uncaughtException', escaped)
    const exhausted = (): void => this.#noticeExhausted()
    process.on('beforeExit', exhausted)
    this.#undo.push(
      () => process.off('uncaughtException', escaped),
      () => process.off('beforeExit', exhausted),
      onClosedPipe(() => this.#cancel.abort(new Error('standard output was closed'))),
    )
  }

  get signal(): AbortSignal {
    return this.#cancel.signal
  }

  get exitCode(): number {
    if (this.#signal !== undefined) return EXIT_CODES[this.#signal.name]
    return this.#hasFailed ? 1 : Number(process.exitCode ?? 0)
  }

  /** The program ended with an error; being cancelled because we asked for it is none. */
  failed(error: unknown): void {
    if (this.signal.aborted && (isCancelled(error) || error === this.signal.reason)) return
    this.#report(error)
  }

  stopWatching(): void {
    for (const undo of this.#undo) undo()
  }

  #signalled(name: Signal): void {
    const now = performance.now()
    if (this.#signal === undefined) {
      this.#signal = { name, at: now }
      this.#cancel.abort(new Error(`the program was interrupted by ${name}`))
    } else if (now - this.#signal.at > ONE_KEYSTROKE_MS) process.exit(EXIT_CODES[name])
  }

  /** An error thrown in a callback of the host, where no task could take it. */
  #escaped(error: unknown): void {
    const isFirst = !this.#hasFailed
    this.#report(error)
    if (isFirst) this.#cancel.abort(new Error('an error escaped from a callback'))
    else process.exit(this.exitCode)
  }

  /**
   * Nothing keeps the process alive, and the program has not ended. The first time, the runtime says why and cancels
   * it. An async function that awaits a promise of its own cannot be cancelled, though: without a word from here the
   * process would just end, and with 0.
   */
  #noticeExhausted(): void {
    this.#exhausted += 1
    if (this.#exhausted < 3)
      setImmediate(() => {}) // the runtime gets its turns
    else {
      this.#report(new Error('it waits for a promise that nothing is left to settle, and it has not ended'))
      process.exit(this.exitCode)
    }
  }

  #report(error: unknown): void {
    this.#hasFailed = true
    process.stderr.write(`plait: the program failed\n${errorTree(error, { allFrames: this.#allFrames })}\n`)
  }
}
