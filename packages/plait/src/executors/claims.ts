/** So many jobs can be on their way to a worker before it has begun them. */
export const SLOTS = 64

/** Behind the slots: which job's step the worker is in, and how often anything was asked of it. */
const STEPPING = SLOTS
const CALLS = SLOTS + 1
const LENGTH = SLOTS + 2

/**
 * Memory that a pool and one of its threads share: whoever writes first has the job. So a job that lies before a busy
 * worker can be taken back and given to another, without asking a thread that cannot answer; and of a worker that has
 * died it is known which jobs it had begun.
 *
 *   0 ──offer──▶ job ──claim (the worker)──▶ -job ──done──▶ 0
 *                 └────revoke (the pool)───▶ 0
 */
export class Claims {
  readonly memory: SharedArrayBuffer
  readonly #cells: Int32Array

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(LENGTH * 4)) {
    this.memory = memory
    this.#cells = new Int32Array(memory)
  }

  offer(slot: number, job: number): void {
    Atomics.store(this.#cells, slot, job)
  }

  /** Whether the job may be begun. */
  claim(slot: number, job: number): boolean {
    return Atomics.compareExchange(this.#cells, slot, job, -job) === job
  }

  /** Whether the job was taken back before it was begun. */
  revoke(slot: number, job: number): boolean {
    return Atomics.compareExchange(this.#cells, slot, job, 0) === job
  }

  /** The worker is in a step of this job now; 0 for none that is known. */
  set stepping(job: number) {
    Atomics.store(this.#cells, STEPPING, job)
  }

  get stepping(): number {
    return Atomics.load(this.#cells, STEPPING)
  }

  /** Lets a job that computes see, for next to nothing, that there may be a message for it. */
  call(): void {
    Atomics.add(this.#cells, CALLS, 1)
  }

  get calls(): number {
    return Atomics.load(this.#cells, CALLS)
  }
}
