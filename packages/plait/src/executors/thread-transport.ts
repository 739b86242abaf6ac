import { MessageChannel, Worker } from 'node:worker_threads'
import type { Claims } from './claims.ts'
import { Ending } from './ending.ts'
import { flagsForThread } from './inherited-flags.ts'
import type { PoolSettings } from './pool-options.ts'
import { PortTransport } from './port-transport.ts'
import type { End, WorkerTransport } from './transport.ts'
import { workerUrl } from './worker/entry.ts'
import { THREAD_KEY, type ThreadData } from './worker/place.ts'

/** A thread with a port to it. */
export class ThreadTransport extends PortTransport implements WorkerTransport {
  readonly #worker: Worker
  #error: unknown
  #isBusy = true
  readonly #ending = new Ending()

  constructor(settings: PoolSettings, name: string, claims: Claims) {
    const { port1, port2 } = new MessageChannel()
    super(port1)
    // The thread itself says whether the process is to live on.
    port1.unref()
    const execArgv = settings.execArgv ?? flagsForThread()
    const data: ThreadData = { port: port2, memory: claims.memory }
    this.#worker = new Worker(workerUrl, {
      workerData: { [THREAD_KEY]: data },
      transferList: [port2],
      name,
      resourceLimits: settings.resourceLimits,
      ...(settings.env === undefined ? {} : { env: { ...settings.env } }),
      ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
    })
    this.#worker.on('error', error => {
      this.#error = error
    })
    this.#worker.on('exit', exitCode => {
      // What it said before it ended comes first.
      this.poll()
      this.port.close()
      this.#ending.tell({ exitCode, error: this.#error })
    })
  }

  get id(): number {
    return this.#worker.threadId
  }

  get title(): string {
    return `thread ${this.#worker.threadId}`
  }

  override listen(...listeners: Parameters<PortTransport['listen']>): void {
    super.listen(...listeners)
    this.port.unref()
  }

  onEnd(ended: (end: End) => void): void {
    this.#ending.onEnd(ended)
  }

  hold(isBusy: boolean): void {
    if (isBusy === this.#isBusy) return
    this.#isBusy = isBusy
    if (isBusy) this.#worker.ref()
    else this.#worker.unref()
  }

  kill(): void {
    void this.#worker.terminate()
  }
}
