import { type Operation, sleep } from '../../src/index.ts'

/** What became of each item that was worked on, and how many were at once. */
export class Crew {
  readonly log: string[] = []
  running = 0
  most = 0
  begun = 0

  begin(item: unknown): void {
    this.log.push(`begin ${item}`)
    this.begun += 1
    this.running += 1
    this.most = Math.max(this.most, this.running)
  }

  end(item: unknown, isDone = true): void {
    this.log.push(`${isDone ? 'end' : 'cleaned'} ${item}`)
    this.running -= 1
  }

  /** Works on an item for so long; to clean up takes a while, too. */
  *work<T>(item: T, ms: number, cleanupMs = 0): Operation<T> {
    this.begin(item)
    let isDone = false
    try {
      yield* sleep(ms)
      isDone = true
      return item
    } finally {
      try {
        if (!isDone) yield* sleep(cleanupMs)
      } finally {
        this.end(item, isDone)
      }
    }
  }

  /** The same in an async function. */
  async workAsync<T>(item: T, ms: number, cleanupMs = 0): Promise<T> {
    this.begin(item)
    let isDone = false
    try {
      await sleep(ms)
      isDone = true
      return item
    } finally {
      try {
        if (!isDone) await sleep(cleanupMs)
      } finally {
        this.end(item, isDone)
      }
    }
  }
}

/** One to so many; how far it was asked, and how it ended. */
export class Numbers {
  asked = 0
  state: 'untouched' | 'begun' | 'over' | 'left' = 'untouched'
  readonly items: Generator<number, void, unknown>

  constructor(last = Number.POSITIVE_INFINITY) {
    this.items = this.#count(last)
  }

  get wasLeft(): boolean {
    return this.state === 'left'
  }

  *#count(last: number): Generator<number, void, unknown> {
    this.state = 'begun'
    try {
      for (let n = 1; n <= last; n += 1) {
        this.asked = n
        yield n
      }
      this.state = 'over'
    } finally {
      if (this.state === 'begun') this.state = 'left'
    }
  }
}
