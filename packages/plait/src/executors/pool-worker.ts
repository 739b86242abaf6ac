import { BrokenWorkerError } from '../errors/executor-errors.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import { currentLoop } from '../tasks/current.ts'
import { Caller } from './caller.ts'
import { ChannelPorts } from './channel-ports.ts'
import type { Claims } from './claims.ts'
import { decodeError, type EncodedError } from './error-codec.ts'
import { Inquiry } from './inquiry.ts'
import type { Carrier, Job } from './job.ts'
import { JobServer } from './job-server.ts'
import { Link } from './link.ts'
import { DYING, END, HELLO, MEMORY, NOT_STARTED, READY } from './messages.ts'
import { unsendable } from './parcel.ts'
import type { WorkerStatistics } from './pool-statistics.ts'
import type { End, WorkerTransport } from './transport.ts'
import type { WorkerSettings } from './worker-settings.ts'

/** What a pool is told by its workers. */
export interface WorkerOwner {
  ready(worker: PoolWorker): void
  jobEnded(worker: PoolWorker): void
  /** A job was taken back from it before it was begun, and ended. */
  jobDropped(worker: PoolWorker): void
  jobUnheard(worker: PoolWorker, job: Job<unknown>): void
  jobDeaf(worker: PoolWorker, job: Job<unknown>): void
  /** It is gone. */
  ended(worker: PoolWorker, end: End): void
}

/** What an average of recent jobs forgets at each, and how many times as much as it one of them may count. */
const FORGETTING = 0.2
const MOST_TIMES = 4
/** The first loads what it needs. */
const FIRST_MS = 0.2

/**
 * A worker, as its pool sees it.
 *
 *   starting ──READY──▶ ready ──enough jobs, idle too long, shutdown──▶ retiring ──▶ gone
 *      └────────────────────────────died, killed──────────────────────────────────▶
 */
export class PoolWorker implements Carrier {
  readonly name: string
  readonly transport: WorkerTransport
  readonly claims: Claims | undefined
  state: 'starting' | 'ready' | 'retiring' | 'gone' = 'starting'
  /** Its end was meant. */
  isMeant = false
  wasReady = false
  /** A job that nobody waits for any more runs on in it: it does what it has, and is replaced. */
  hasAbandoned = false
  /** Why it was stopped, if it was. */
  stoppedFor: string | undefined
  /** What it said it was dying of. */
  dyingOf: unknown
  /** How many of its jobs take turns. */
  turns = 0
  /** How many were sent to it, and how many it has done. */
  sent = 0
  done = 0
  /** When it was last heard of, and how long its jobs take, on average; nothing before the first. */
  heardAt = 0
  averageMs: number | undefined
  idleTimer: ReturnType<typeof setTimeout> | undefined
  readonly #owner: WorkerOwner
  readonly #link: Link
  readonly #caller: Caller
  readonly #freeSlots: number[] = []
  #slots = 0
  /** Jobs that run beside the others, given to it before it was ready. */
  #early: Job<unknown>[] = []

  constructor(
    settings: WorkerSettings,
    transport: WorkerTransport,
    claims: Claims | undefined,
    way: string,
    owner: WorkerOwner,
  ) {
    this.name = settings.name
    this.transport = transport
    this.claims = claims
    this.#owner = owner
    this.#link = new Link(transport)
    // An answer to what is asked before it has a job keeps the process alive; its jobs do so as long as they take.
    const inquiry = new Inquiry(this.#link, isAsked => transport.hold(isAsked || this.load > 0))
    const handles = new ChannelPorts(this.#link, inquiry)
    this.#caller = new Caller(
      this.#link,
      handles,
      {
        ended: (job, tookMs) => this.#jobEnded(job, tookMs),
        unheard: job => owner.jobUnheard(this, job),
        deaf: job => owner.jobDeaf(this, job),
      },
      `${this.name} (${transport.title})`,
      way,
    )
    // What a job hands back to whoever submitted it runs here.
    const loop = (): Scheduler => this.#loopOfJobs() ?? currentLoop()
    const concurrency = Number.POSITIVE_INFINITY
    const handedBack = new JobServer(this.#link, handles, { loop, concurrency, way })
    this.#link.on([READY], () => this.#ready())
    this.#link.on([NOT_STARTED, DYING], ([, error]) => {
      this.dyingOf = decodeError(error as EncodedError, this.name)
    })
    transport.onEnd(end => {
      this.state = 'gone'
      clearTimeout(this.idleTimer)
      handles.end(new BrokenWorkerError(this.name, `${this.name}, which has the channel, is gone`))
      handedBack.cancelAll(`${this.name}, which handed it back, is gone`)
      owner.ended(this, end)
    })
    this.#link.open()
    try {
      this.#link.post([HELLO, settings])
    } catch (error) {
      this.kill()
      throw unsendable(error, settings.initializerArgs, 'initializerArgs', way)
    }
  }

  /** Everything it has to do. */
  get load(): number {
    return this.#caller.jobs.size + this.#early.length
  }

  /** Sends it a job: at once, or with others in one go. */
  send(job: Job<unknown>, isUrgent: boolean): void {
    job._carrier = this
    if (job._work.isBeside && this.state === 'starting') {
      this.#early.push(job)
      return
    }
    this.sent += 1
    if (!job._work.isBeside) this.turns += 1
    if (this.claims !== undefined) this.#offer(job, this.claims)
    if (this.#caller.jobs.size === 0) this.transport.hold(true)
    this.#caller.send(job, isUrgent)
  }

  /** Cancels a job that is here: at once if it has not begun, else it is told. */
  _cancelJob(job: Job<unknown>, reason: unknown): void {
    const place = this.#early.indexOf(job)
    if (place !== -1) this.#early.splice(place, 1)
    else if (!this.revoke(job)) {
      this.#caller.cancel(job, reason)
      // Once it is there to be found: whoever looks now and finds nothing does not look again.
      this.claims?.call()
      return
    }
    job._endCancelled(reason)
    this.#owner.jobDropped(this)
    this.#rest()
  }

  waitOn(job: Job<unknown>, ms: number): void {
    this.#caller.waitOn(job, ms)
  }

  /** Takes a job back, if it has not begun. */
  revoke(job: Job<unknown>): boolean {
    if (job._slot < 0 || this.claims?.revoke(job._slot, job._number) !== true) return false
    this.#takeBack(job)
    return true
  }

  /** Takes back the jobs that have not begun: of those that take turns, or of all. */
  revokeAll(which: 'that take turns' | 'all'): Job<unknown>[] {
    const jobs = [...this.#caller.jobs.values()]
    return jobs.filter(job => (which === 'all' || !job._work.isBeside) && this.revoke(job))
  }

  /** When it is gone: the jobs that it is known not to have begun. */
  takeUnbegun(): Job<unknown>[] {
    const { claims } = this
    if (claims === undefined) return []
    const unbegun = [...this.#caller.jobs.values()].filter(job => {
      const state = claims.stateOf(job._slot, job._number)
      return state === 'offered' || (state === 'claimed' && job._spare(this.#caller.hasReturned(job)))
    })
    for (const job of unbegun) this.#takeBack(job)
    return unbegun
  }

  /** Takes back all that it was given before it was ready. */
  takeEarly(): Job<unknown>[] {
    return this.#early.splice(0)
  }

  /** All the jobs it has. */
  all(): Job<unknown>[] {
    return [...this.#caller.jobs.values(), ...this.#early]
  }

  statistics(): WorkerStatistics {
    const { name, state, done } = this
    return {
      name,
      id: this.transport.id,
      state:
        state === 'ready' ? (this.load === 0 ? 'idle' : 'busy') : state === 'starting' ? state : 'retiring',
      jobs: this.all().map(job => job.name),
      done,
    }
  }

  /** Those it had begun, when it is gone. */
  takeBegun(): Job<unknown>[] {
    this.turns = 0
    return this.#caller.takeAll()
  }

  /** Nobody waits for the job any more, though it may still run. */
  abandon(job: Job<unknown>): void {
    this.hasAbandoned = true
    this.#caller.jobs.delete(job._number)
  }

  /** Ends it when what it does is done: nothing more is sent to it. */
  retire(graceMs: number): void {
    this.state = 'retiring'
    this.isMeant = true
    clearTimeout(this.idleTimer)
    this.transport.hold(true)
    try {
      this.#link.post([END])
    } catch {
      // It is ending by itself.
    }
    const timer = setTimeout(() => this.kill(), graceMs)
    this.transport.onEnd(() => clearTimeout(timer))
  }

  /** Stops it at once, for a reason that those are told whose jobs it has. */
  kill(why?: string): void {
    this.stoppedFor ??= why
    this.isMeant = true
    // It is given nothing more: of a process nobody could tell that it had not begun it.
    if (this.state !== 'gone') this.state = 'retiring'
    this.transport.kill()
  }

  /** The loop that a job came from. */
  #loopOfJobs(): Scheduler | undefined {
    for (const job of this.#caller.jobs.values()) if (!job._loop.isClosed()) return job._loop
    return undefined
  }

  #ready(): void {
    if (this.state !== 'starting') return
    this.state = 'ready'
    this.wasReady = true
    for (const job of this.#early.splice(0)) this.send(job, false)
    this.#rest()
    this.#owner.ready(this)
  }

  #takeBack(job: Job<unknown>): void {
    this.#caller.jobs.delete(job._number)
    this.#left(job)
    // Sent again it is another one to the worker, which still has this message before it.
    job._number = 0
    this.sent -= 1
  }

  #offer(job: Job<unknown>, claims: Claims): void {
    const free = this.#freeSlots.pop()
    if (free === undefined && this.#slots === claims.slots) this.#link.post([MEMORY, claims.add()])
    job._slot = free ?? this.#slots
    if (free === undefined) this.#slots += 1
    // The number is what is claimed by: it has one before it is sent.
    this.#caller.number(job)
    claims.offer(job._slot, job._number)
  }

  #jobEnded(job: Job<unknown>, tookMs: number | undefined): void {
    this.#left(job)
    this.done += 1
    this.heardAt = performance.now()
    if (tookMs !== undefined) {
      // A job that was interrupted by the machine says little of the others.
      const average = this.averageMs ?? Math.min(tookMs, FIRST_MS)
      this.averageMs = average + FORGETTING * (Math.min(tookMs, average * MOST_TIMES) - average)
    }
    this.#owner.jobEnded(this)
    this.#rest()
  }

  /** With nothing to do, it does not keep the process alive. */
  #rest(): void {
    if (this.load === 0 && this.state === 'ready') this.transport.hold(false)
  }

  #left(job: Job<unknown>): void {
    if (!job._work.isBeside) this.turns -= 1
    if (job._slot >= 0) this.#freeSlots.push(job._slot)
    job._slot = -1
  }
}
