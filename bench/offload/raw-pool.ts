// A pool by hand: the floor of case 9. It knows nothing of errors, of cancellation, or of a worker that dies.
import type { RawJob, RawReply, RawRequest } from './jobs/raw.ts'

/** A thread or a process. */
export interface RawWorker {
  readonly post: (request: RawRequest, transferred?: readonly ArrayBuffer[]) => void
  readonly onReply: (listener: (reply: RawReply) => void) => void
  readonly end: () => unknown
}

/** Posts each job at once, to the worker that has the least to do. */
export class RawPool {
  readonly #workers: readonly RawWorker[]
  /** How many jobs each worker has. */
  readonly #loads: number[]
  readonly #waiting: Map<number, (value: never) => void> = new Map()
  #lastId = 0

  constructor(workers: readonly RawWorker[]) {
    this.#workers = workers
    this.#loads = workers.map(() => 0)
    for (const [index, worker] of workers.entries()) {
      worker.onReply(([id, value]) => {
        this.#loads[index] = (this.#loads[index] as number) - 1
        const resolve = this.#waiting.get(id)
        this.#waiting.delete(id)
        resolve?.(value as never)
      })
    }
  }

  submit<T>(job: RawJob, argument: unknown, transferred?: readonly ArrayBuffer[]): Promise<T> {
    return new Promise(resolve => {
      const index = this.#leastLoaded()
      this.#loads[index] = (this.#loads[index] as number) + 1
      this.#lastId += 1
      this.#waiting.set(this.#lastId, resolve)
      this.#workers[index]?.post([this.#lastId, job, argument], transferred)
    })
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map(worker => worker.end()))
  }

  #leastLoaded(): number {
    let least = 0
    for (let i = 1; i < this.#loads.length; i++) {
      if ((this.#loads[i] as number) < (this.#loads[least] as number)) least = i
    }
    return least
  }
}
