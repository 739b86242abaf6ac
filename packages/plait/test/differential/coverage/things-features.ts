import type { TraceEvent } from '../program.ts'
import { kindOf } from './features.ts'

/** A wait for something shared that has begun. */
interface Begun {
  readonly op: string
  readonly on: string
  readonly index: number
  readonly details: readonly unknown[]
}

type Features = readonly (string | false)[]

/** What the outcome of a wait shows. */
type Outcome = (begun: Begun, value: unknown, waited: boolean) => Features

const begins = new Set([
  ...['acquire', 'hold', 'eventWait', 'conditionWait', 'conditionWaitFor'],
  ...['barrierWait', 'barrierReset', 'barrierAbort', 'put', 'get', 'join'],
])

const kinds: readonly (readonly [prefix: string, kind: string])[] = [
  ['lock', 'lock'],
  ['condition', 'lock'],
  ['semaphore', 'semaphore'],
  ['bounded', 'semaphore'],
  ['event', 'event'],
  ['barrier', 'barrier'],
  ['queue', 'Queue'],
  ['priority', 'PriorityQueue'],
  ['lifo', 'LifoQueue'],
]

function kind(on: unknown): string {
  return kinds.find(([prefix]) => String(on).startsWith(prefix))?.[1] ?? ''
}

const when = (waited: boolean): string => (waited ? 'after waiting' : 'at once')

const gives: Readonly<Record<string, Outcome>> = {
  acquire: ({ on }, _, waited) => [`${kind(on)} acquired ${when(waited)}`],
  eventWait: (_, value, waited) => [
    `event wait ${when(waited)}`,
    (value as unknown[])[1] === false && 'event cleared before its waiter ran',
  ],
  conditionWait: () => ['condition wait'],
  conditionWaitFor: (_, __, waited) => [`condition waitFor ${when(waited)}`],
  barrierWait: ({ on }, value) => [
    (value as number[])[0] === Number(on.slice('barrier'.length)) - 1
      ? 'barrier tripped'
      : 'barrier wait over, tripped by another',
  ],
  barrierReset: ({ details }) => [
    'barrier reset',
    Number(details[1]) > 0 && 'barrier reset while tasks wait',
  ],
  barrierAbort: ({ details }) => [
    'barrier abort',
    Number(details[1]) > 0 && 'barrier aborted while tasks wait',
  ],
  put: ({ on }, _, waited) => [`${kind(on)}: put`, `put ${when(waited)}`],
  get: ({ on }, _, waited) => [`${kind(on)}: get`, `get ${when(waited)}`],
  join: (_, __, waited) => [`join ${when(waited)}`],
}

const throws: Readonly<Record<string, Outcome>> = {
  acquire: ({ on }, error) => [error === 'Cancelled' && `${kind(on)} acquire cancelled`],
  eventWait: (_, error) => [error === 'Cancelled' && 'event wait cancelled'],
  conditionWait: (_, error) => [
    error === 'Cancelled' && 'condition wait cancelled, the lock taken again',
    error === 'Misuse' && 'condition wait without the lock',
  ],
  conditionWaitFor: (_, error) => [
    error === 'Cancelled' && 'condition waitFor cancelled',
    error === 'App' && 'condition waitFor whose predicate failed',
  ],
  put: (_, error, waited) => [
    error === 'Cancelled' && 'put cancelled',
    error === 'QueueShutDown' && (waited ? 'put waiting when shut down' : 'put refused: shut down'),
  ],
  get: (_, error, waited) => [
    error === 'Cancelled' && 'get cancelled',
    error === 'QueueShutDown' && (waited ? 'get waiting when shut down' : 'get refused: shut down'),
  ],
  join: (_, error) => [error === 'Cancelled' && 'join cancelled'],
}

type Reading = (details: readonly unknown[]) => Features

const why = (error: unknown): string => String(kindOf(error)).replace(/^Queue/, '')

const steps: Readonly<Record<string, Reading>> = {
  release: ([on]) => [`${kind(on)} released`],
  'release refused': ([on]) => [
    kind(on) === 'lock' ? 'lock released though free' : 'semaphore released too often',
  ],
  set: () => ['event set'],
  clear: () => ['event clear'],
  notify: () => ['condition notify'],
  notifyAll: () => ['condition notifyAll'],
  'notify refused': () => ['condition notify without the lock'],
  'notifyAll refused': () => ['condition notify without the lock'],
  putNowait: ([on]) => [`${kind(on)}: putNowait`],
  'putNowait refused': ([, error]) => [`putNowait refused: ${why(error)}`],
  getNowait: ([on]) => [`${kind(on)}: getNowait`],
  'getNowait refused': ([, error]) => [`getNowait refused: ${why(error)}`],
  taskDone: () => ['taskDone'],
  'taskDone refused': () => ['taskDone too often'],
  shutdown: ([, immediate]) => [immediate === true ? 'shutdown, immediate' : 'shutdown'],
  look: ([on]) => [`${kind(on).replace(/^.*Queue/, 'queue')} read`],
}

/** Reads one trace, event by event, for what it shows of things shared. */
export class SharedFeatures {
  /** By who waits. */
  readonly #begun = new Map<string, Begun>()
  readonly #holds = new Map<string, number>()

  /** `around` are the blocks the event stands in. */
  read(event: TraceEvent, index: number, around: readonly string[]): Features {
    const [, who, what, ...details] = event
    if (begins.has(what)) {
      this.#begun.set(who, { op: what, on: String(details[0]), index, details })
      return [...inBlocks(around), ...byWay(details.at(-1))]
    }
    if (what === 'asks') this.#hasAsked(who, index)
    const step = steps[what]
    if (step !== undefined) return [...step(details), who.startsWith('C') && 'shared step in a callback']
    return what.startsWith('hold')
      ? [...this.#readHold(what, who, details, index)]
      : [...this.#readOutcome(what, who, details, index)]
  }

  /** A predicate that is asked at once is no sign of waiting. */
  #hasAsked(who: string, index: number): void {
    const begun = this.#begun.get(who)
    if (begun?.index === index - 1) this.#begun.set(who, { ...begun, index })
  }

  *#readOutcome(
    what: string,
    who: string,
    [value]: readonly unknown[],
    index: number,
  ): Generator<string | false> {
    const [op = '', outcome] = what.split(' ')
    const begun = this.#begun.get(who)
    if (begun?.op !== op) return
    // Whoever goes on at once is the next to be heard of.
    const waited = index > begun.index + 1
    if (outcome === 'gives') yield* gives[op]?.(begun, value, waited) ?? []
    if (outcome !== 'throws') return
    const error = kindOf(value)
    yield* throws[op]?.(begun, error, waited) ?? []
    yield error === 'Timeout' && 'shared wait under waitFor, timed out'
  }

  *#readHold(
    what: string,
    who: string,
    details: readonly unknown[],
    index: number,
  ): Generator<string | false> {
    const depth = this.#holds.get(who) ?? 0
    if (what === 'holds') {
      const begun = this.#begun.get(who)
      this.#holds.set(who, depth + 1)
      if (begun !== undefined) yield* gives.acquire?.(begun, null, index > begun.index + 1) ?? []
      return
    }
    const begun = this.#begun.get(who)
    if (what === 'hold throws' && begun?.op === 'hold' && begun.on === details[0]) {
      yield kindOf(details[1]) === 'Cancelled' && `${kind(details[0])} acquire cancelled`
    }
    if (what === 'hold gives') yield 'hold left well'
    if (what === 'hold throws' && depth > 0) {
      const misuse = (details[1] as unknown[])[1]
      const isRefused = misuse === 'lockNotHeld' || misuse === 'releasedTooOften'
      yield isRefused ? 'hold whose release is refused' : 'hold left by an error'
    }
  }
}

function* inBlocks(around: readonly string[]): Generator<string> {
  for (const block of ['timeout', 'group', 'catch', 'finally']) {
    if (around.includes(block)) yield `shared wait inside ${block}`
  }
}

function* byWay(how: unknown): Generator<string> {
  if (how === 'inTask') yield 'shared wait in a task of its own'
  if (typeof how === 'number') yield how <= 0 ? 'shared wait under waitFor 0' : 'shared wait under waitFor'
}
