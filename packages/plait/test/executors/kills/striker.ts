import type { ChildProcess } from 'node:child_process'
import type { Random } from '../../differential/random.ts'
import type { OpenJobs } from './open-jobs.ts'
import type { Orders, State, Word } from './talk.ts'
import { type Death, deaths } from './watchdog.ts'

/** A strike that has not been noticed after so long has failed. */
const NOTICED_MS = 10_000
/** Between two looks at what the program has told. */
const LOOK_MS = 1

/** Strikes down workers of a program, one or two at a time, while they are at their jobs. */
export class Striker {
  /** How many workers were killed but those that were stopped; and how many of these when they were between two jobs. */
  killed = 0
  between = 0
  /** How often which strike hit a worker in the middle of a job. */
  readonly strikes: Map<string, number> = new Map()
  /** Every process or thread there has been. */
  readonly seen: Set<number> = new Set()
  last: State | undefined
  readonly #program: ChildProcess
  readonly #kind: Orders['kind']
  readonly #random: Random
  readonly #openJobs: OpenJobs
  readonly #struck = new Set<number>()

  constructor(program: ChildProcess, kind: Orders['kind'], random: Random, openJobs: OpenJobs) {
    this.#openJobs = openJobs
    this.#program = program
    this.#kind = kind
    this.#random = random
    program.on('message', message => {
      this.last = message as State
      for (const id of this.last.all) this.seen.add(id)
    })
  }

  /** Strikes until so many workers were hit in the middle of a job; gives what went wrong, if anything did. */
  async strike(times: number): Promise<string | undefined> {
    const random = this.#random
    for (let left = times; left > 0; ) {
      // Among the workers that are struck are such as have just begun, but not these alone.
      const ended = (this.last?.ended ?? 0) + random.between(0, 30)
      if (!(await this.#until(() => (this.last?.ended ?? 0) >= ended))) return 'no job ended any more'
      await pause(random.between(0, 20))
      if (this.#kind === 'threads' && random.chance(0.2)) {
        if (!(await this.#strikeSpinner())) return 'a job that kept its thread was not stopped'
        left -= 1
        continue
      }
      const many = Math.min(left, random.chance(0.2) ? 2 : 1)
      const struck = await this.#strikeBusy(many)
      if (struck === undefined) return 'a strike was not noticed, or nobody was at a job any more'
      left -= struck
    }
    return undefined
  }

  /** Has some die who are at work: how many did in the middle of a job. */
  async #strikeBusy(most: number): Promise<number | undefined> {
    const candidates = (): number[] => (this.last?.busy ?? []).filter(id => !this.#struck.has(id))
    if (!(await this.#until(() => candidates().length > 0 && (this.last?.underWay ?? 0) > 0)))
      return undefined
    const deathsBefore = this.last?.deaths ?? 0
    const victims: { id: number; how: string }[] = []
    while (victims.length < most) {
      const id = this.#random.pick(candidates())
      if (id === undefined) break
      this.#struck.add(id)
      const how = this.#kill(id)
      if (how !== undefined) victims.push({ id, how })
    }
    const isGone = (): boolean => victims.every(({ id }) => this.last?.all.includes(id) === false)
    if (!(await this.#until(isGone))) return undefined
    // One that the program had given up by itself was not killed by this.
    const killed = Math.min(victims.length, (this.last?.deaths ?? 0) - deathsBefore)
    this.killed += killed
    const hit = victims.filter(({ id }) => this.#openJobs.at(id) > 0).slice(0, killed)
    for (const { how } of hit) this.#count(how)
    this.between += killed - hit.length
    return hit.length
  }

  /** A job keeps its thread, and nothing but the end of the thread can stop it. */
  async #strikeSpinner(): Promise<boolean> {
    const stoppedBefore = this.last?.stopped ?? 0
    this.#say({ say: 'spin' })
    if (!(await this.#until(() => this.last?.spinning === 1))) return false
    await pause(this.#random.between(0, 5))
    this.#say({ say: 'stop spinning' })
    if (!(await this.#until(() => (this.last?.stopped ?? 0) > stoppedBefore))) return false
    this.#count('stopped while it spins')
    return true
  }

  #kill(id: number): string | undefined {
    if (this.#kind === 'threads') {
      const death: Death = this.#random.pick(deaths)
      this.#say({ say: 'die', thread: id, death })
      return death
    }
    const signal = this.#random.pick(['SIGKILL', 'SIGKILL', 'SIGTERM'] as const)
    try {
      process.kill(id, signal)
      return signal
    } catch {
      return undefined // It is gone already.
    }
  }

  #count(how: string): void {
    this.strikes.set(how, (this.strikes.get(how) ?? 0) + 1)
  }

  #say(word: Word): void {
    this.#program.send(word, () => {})
  }

  async #until(isSo: () => boolean): Promise<boolean> {
    const end = performance.now() + NOTICED_MS
    while (!isSo()) {
      if (performance.now() > end || this.#program.exitCode !== null) return false
      await pause(LOOK_MS)
    }
    return true
  }
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}
