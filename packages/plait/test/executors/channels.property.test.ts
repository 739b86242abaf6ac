import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { BrokenWorkerError, type WorkerPool } from '../../src/executors.ts'
import {
  Channel,
  ChannelClosedError,
  createTask,
  type Future,
  gather,
  isCancelled,
  type Operation,
  type Task,
} from '../../src/index.ts'
import { draws } from '../sync/random-runs.ts'
import { drain, kinds, upTo } from './channel-pools.ts'
import { type Deed, sending, sendSome, spin, type Taking, takeSome, taking } from './jobs/channel-jobs.ts'

/** Where somebody is: here, or in the one or the other worker. */
const place = fc.constantFrom(undefined, 0 as const, 1 as const)

const sender = fc.record({
  place,
  count: fc.integer({ min: 1, max: 12 }),
  pauseMs: fc.constantFrom(-1, -1, 0, 1),
})

const receiver = fc.record({
  place,
  how: fc.record<Taking>({
    form: fc.constantFrom('receive', 'receive', 'next', 'select', 'forEach'),
    patienceMs: fc.constantFrom(undefined, undefined, 0, 1, 3),
  }),
})

/** What happens when so much was sent and received: somebody is cancelled, the channel closed, a worker killed. */
const blow = fc.record({
  after: fc.nat(40),
  kind: fc.constantFrom('cancel', 'cancel', 'cancel', 'cancel', 'close', 'kill'),
  whom: fc.nat(9),
})

const programs = fc.record({
  capacity: fc.nat(3),
  senders: fc.array(sender, { minLength: 1, maxLength: 4 }),
  receivers: fc.array(receiver, { minLength: 1, maxLength: 5 }),
  blows: fc.array(blow, { maxLength: 4 }),
})
type Program = typeof programs extends fc.Arbitrary<infer P> ? P : never

interface Actor {
  readonly role: 'sender' | 'receiver'
  readonly pool: WorkerPool | undefined
  readonly future: Future<unknown>
  readonly received: number[]
}

/** One program on its way, and what is known of it. */
class Run {
  readonly channel: Channel<number>
  readonly #pools: readonly WorkerPool[]
  readonly #actors: Actor[] = []
  readonly #sent: number[] = []
  readonly #killed = new Set<WorkerPool>()
  readonly #telling: Task<unknown>[] = []
  readonly #due: Program['blows']
  readonly #receivers: number
  #deeds = 0

  constructor({ capacity, senders, receivers, blows }: Program, pools: readonly WorkerPool[]) {
    this.channel = new Channel<number>({ capacity })
    this.#pools = pools
    this.#receivers = receivers.length
    this.#due = [...blows].sort((a, b) => b.after - a.after)
    for (const { place, how } of receivers) {
      const job = (pool: WorkerPool) => pool.submit(takeSome, this.channel, how)
      this.#begin('receiver', place, job, tell => taking(this.channel, how, tell))
    }
    for (const [n, { place, count, pauseMs }] of senders.entries()) {
      const items = upTo(count).map(item => n * 100 + item)
      const job = (pool: WorkerPool) => pool.submit(sendSome, this.channel, items, pauseMs)
      this.#begin('sender', place, job, tell => sending(this.channel, items, pauseMs, tell))
    }
  }

  /** Runs it to its end: should all receivers be gone before all is sent, somebody here takes what is left. */
  *complete(): Operation<void> {
    const [senders, receivers] = (['sender', 'receiver'] as const).map(wanted =>
      this.#actors.filter(({ role }) => role === wanted),
    )
    const rest = createTask(ends(receivers as Actor[]))
    const last = createTask(this.#takeRest(rest))
    yield* ends(senders as Actor[])
    if (!this.channel.closed) this.channel.close()
    yield* rest
    yield* last
    yield* gather(...this.#telling)
  }

  check(): void {
    const { channel } = this
    // Nobody is told that it is over while there is something in it, or something may come back.
    expect(drain(channel)).toEqual([])
    expect(channel.statistics()).toMatchObject({ size: 0, senders: [], receivers: [] })
    const received = this.#actors.flatMap(({ received }) => received)
    expect(new Set(received).size, 'received twice').toBe(received.length)
    // A worker that was killed may have taken and sent one item more for each job than it could still tell of.
    const missing = this.#sent.filter(item => !received.includes(item))
    expect(missing.length).toBeLessThanOrEqual(this.#killedOf('receiver'))
    const surplus = received.filter(item => !this.#sent.includes(item))
    expect(surplus.length).toBeLessThanOrEqual(this.#killedOf('sender'))
    // What one takes alone comes in the order of each sender, until it is cancelled.
    if (this.#receivers > 1) return
    const taken = this.#actors.find(({ role }) => role === 'receiver')?.received ?? []
    for (const n of upTo(4)) {
      const ofOne = taken.filter(item => Math.floor(item / 100) === n)
      expect(ofOne, 'in order').toEqual([...ofOne].sort((a, b) => a - b))
    }
  }

  #killedOf(wanted: Actor['role']): number {
    return this.#actors.filter(
      ({ role, pool }) => role === wanted && pool !== undefined && this.#killed.has(pool),
    ).length
  }

  #begin(
    role: Actor['role'],
    place: number | undefined,
    job: (pool: WorkerPool) => ReturnType<WorkerPool['submit']>,
    body: (tell: (deed: Deed) => void) => Operation<void>,
  ): void {
    const received: number[] = []
    const note = (deed: Deed): void => this.#note(received, deed)
    const pool = place === undefined ? undefined : this.#pools[place]
    if (pool === undefined) this.#actors.push({ role, pool, received, future: createTask(body(note)) })
    else {
      const future = job(pool)
      this.#actors.push({ role, pool, received, future })
      const telling = future.progress<Deed>().forEach(function* (deed) {
        note(deed)
      })
      this.#telling.push(createTask(telling))
    }
  }

  #note(received: number[], deed: Deed): void {
    if ('sent' in deed) this.#sent.push(deed.sent)
    else received.push(deed.received)
    this.#deeds += 1
    while ((this.#due.at(-1)?.after ?? Number.POSITIVE_INFINITY) <= this.#deeds) this.#strike()
  }

  #strike(): void {
    const { kind, whom } = this.#due.pop() as Program['blows'][number]
    if (kind === 'cancel') this.#actors[whom % this.#actors.length]?.future.cancel()
    else if (kind === 'close') {
      if (!this.channel.closed) this.channel.close()
    } else {
      const pool = this.#pools[whom % 2] as WorkerPool
      this.#killed.add(pool)
      this.#telling.push(createTask(kill(pool)))
    }
  }

  *#takeRest(isTime: Task<void>): Operation<void> {
    yield* isTime
    const received: number[] = []
    this.#actors.push({ role: 'receiver', pool: undefined, received, future: isTime })
    yield* this.channel.forEach(
      function* (this: Run, item: number): Operation<void> {
        this.#note(received, { received: item })
      }.bind(this),
    )
  }
}

/** Waits for their ends, which are to be such as they may have. */
function* ends(actors: readonly Actor[]): Operation<void> {
  for (const { future } of actors) {
    try {
      yield* future
    } catch (error) {
      const isExpected =
        isCancelled(error) || error instanceof ChannelClosedError || error instanceof BrokenWorkerError
      if (!isExpected) throw error
    }
  }
}

/** Has a worker killed in the middle of whatever it does. */
function* kill(pool: WorkerPool): Operation<void> {
  const spinning = pool.with({ graceMs: 0 }).submit(spin)
  yield* spinning.progress().next()
  spinning.cancel()
  yield* ends([{ role: 'sender', pool, future: spinning, received: [] }])
}

describe.each(kinds)('whoever sends and receives, and whatever befalls them ($kind)', ({ Pool }) => {
  const pools = [new Pool({ workers: 1, concurrency: 20 }), new Pool({ workers: 1, concurrency: 20 })]
  afterAll(async () => await gather(...pools.map(pool => pool.shutdown())))

  test('every item that was sent is received once', async () => {
    const property = fc.asyncProperty(programs, async program => {
      const run = new Run(program, pools)
      await createTask(run.complete())
      run.check()
    })
    await fc.assert(property, draws(60))
  })
})
