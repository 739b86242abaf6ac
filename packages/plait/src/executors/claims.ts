/** So many jobs can be on their way to a worker in the memory it is begun with. */
const SLOTS = 64
/** And so many more in each further piece that it is given, where it has more jobs than that. */
const MORE_SLOTS = 1024

/** Behind the slots: which job's step the worker is in, and how often anything was asked of it. */
const STEPPING = SLOTS
const CALLS = SLOTS + 1
const LENGTH = SLOTS + 2

/** In the slot of a job whose function was called. */
const BEGUN = -(2 ** 31)

/**
 * Memory that a pool and one of its threads share: whoever writes first has the job. So a job that lies before a busy
 * worker can be taken back and given to another, without asking a thread that cannot answer; and of a worker that has
 * died it is known which jobs it had begun: whatever else it was given goes to another.
 *
 *   0 ──offer──▶ job ──claim (the worker)──▶ -job ──begin──▶ BEGUN
 *                 └────revoke (the pool)───▶ 0
 */
export class Claims {
  readonly memory: SharedArrayBuffer
  readonly #cells: Int32Array
  readonly #more: Int32Array[] = []

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(LENGTH * 4)) {
    this.memory = memory
    this.#cells = new Int32Array(memory)
  }

  /** How many slots there are. */
  get slots(): number {
    return SLOTS + this.#more.length * MORE_SLOTS
  }

  /** Another piece, with more slots: both sides add the same ones, in the same order. */
  add(memory: SharedArrayBuffer = new SharedArrayBuffer(MORE_SLOTS * 4)): SharedArrayBuffer {
    this.#more.push(new Int32Array(memory))
    return memory
  }

  offer(slot: number, job: number): void {
    Atomics.store(this.#cellsOf(slot), indexOf(slot), job)
  }

  /** Whether the job may be begun. */
  claim(slot: number, job: number): boolean {
    return Atomics.compareExchange(this.#cellsOf(slot), indexOf(slot), job, -job) === job
  }

  /** From here on its function is called: what it does is not to be done again unasked. */
  begin(slot: number): void {
    Atomics.store(this.#cellsOf(slot), indexOf(slot), BEGUN)
  }

  /** How far a job had come with a worker that has died: it lay there, its turn had come, or its function was called. */
  stateOf(slot: number, job: number): 'offered' | 'claimed' | 'begun' {
    const cell = Atomics.load(this.#cellsOf(slot), indexOf(slot))
    return cell === BEGUN ? 'begun' : cell === job ? 'offered' : 'claimed'
  }

  /** Whether the job was taken back before it was begun. */
  revoke(slot: number, job: number): boolean {
    return Atomics.compareExchange(this.#cellsOf(slot), indexOf(slot), job, 0) === job
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

  #cellsOf(slot: number): Int32Array {
    if (slot < SLOTS) return this.#cells
    return this.#more[Math.floor((slot - SLOTS) / MORE_SLOTS)] as Int32Array
  }
}

function indexOf(slot: number): number {
  return slot < SLOTS ? slot : (slot - SLOTS) % MORE_SLOTS
}
