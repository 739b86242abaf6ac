import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Ending } from './ending.ts'
import { flagsForProcess } from './inherited-flags.ts'
import type { Message } from './messages.ts'
import type { PoolSettings, ResourceLimits } from './pool-options.ts'
import type { End, WorkerTransport } from './transport.ts'
import { workerUrl } from './worker/entry.ts'
import { PROCESS_KEY } from './worker/place.ts'

/** What a process has said is read to the end before its end counts; should that never be told, after so long. */
const LAST_WORDS_MS = 1000

/** Those that are alive: none may outlive this process, even one that computes and hears nothing. */
const alive = new Set<ChildProcess>()

function killAll(): void {
  for (const child of alive) child.kill('SIGKILL')
}

/** A process with a pipe to it. */
export class ProcessTransport implements WorkerTransport {
  readonly #child: ChildProcess
  #isBusy = true
  #error: unknown
  #exit: End | undefined
  readonly #ending = new Ending()

  constructor(settings: PoolSettings, name: string) {
    if (alive.size === 0) process.on('exit', killAll)
    this.#child = fork(fileURLToPath(workerUrl), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...(settings.env ?? process.env), [PROCESS_KEY]: name },
      execArgv: [...(settings.execArgv ?? flagsForProcess()), ...limitFlags(settings.resourceLimits)],
    })
    alive.add(this.#child)
    this.#child.on('error', error => {
      this.#error = error
      if (this.#child.pid === undefined) this.#exited(null, null)
    })
    this.#child.on('exit', (code, signal) => this.#exited(code, signal))
    this.#child.on('disconnect', () => this.#finish())
  }

  get id(): number {
    return this.#child.pid ?? 0
  }

  get title(): string {
    return `process ${this.id}`
  }

  post(message: Message): void {
    // An error of the pipe means that the process is gone, which is told by its end.
    if (this.#child.connected) this.#child.send(message as never, () => {})
  }

  listen(onMessage: (message: Message) => void): void {
    this.#child.on('message', message => onMessage(message as unknown as Message))
  }

  onEnd(ended: (end: End) => void): void {
    this.#ending.onEnd(ended)
  }

  hold(isBusy: boolean): void {
    if (isBusy === this.#isBusy) return
    this.#isBusy = isBusy
    if (isBusy) {
      this.#child.ref()
      this.#child.channel?.ref()
    } else {
      this.#child.unref()
      this.#child.channel?.unref()
    }
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  #exited(code: number | null, signal: string | null): void {
    alive.delete(this.#child)
    if (alive.size === 0) process.off('exit', killAll)
    this.#exit = { exitCode: code ?? undefined, signal: signal ?? undefined, error: this.#error }
    if (this.#child.connected) setTimeout(() => this.#finish(), LAST_WORDS_MS)
    else this.#finish()
  }

  #finish(): void {
    if (this.#exit !== undefined) this.#ending.tell(this.#exit)
  }
}

function limitFlags(limits: ResourceLimits): string[] {
  const flags: string[] = []
  const { maxOldGenerationSizeMb, maxYoungGenerationSizeMb, stackSizeMb } = limits
  if (maxOldGenerationSizeMb !== undefined) flags.push(`--max-old-space-size=${maxOldGenerationSizeMb}`)
  if (maxYoungGenerationSizeMb !== undefined) flags.push(`--max-semi-space-size=${maxYoungGenerationSizeMb}`)
  if (stackSizeMb !== undefined) flags.push(`--stack-size=${Math.floor(stackSizeMb * 1000)}`)
  return flags
}
