import { readFileSync } from 'node:fs'
import { cases } from './catalogue.ts'

/**
 * What Plait promises of its speed. A target is a ratio of two medians of one run, so that it holds on any machine; only
 * memory has limits in bytes as well, since those are the same everywhere; a speed-up, and what is measured by turns with its
 * reference in one process, are ratios in themselves. A switch of a greenlet has a limit in time, with room for slow machines.
 */
export type Target = Aim & (UpperBound | LowerBound)

interface Aim {
  readonly caseId: string
  /** The size of the full run, where the case has several. */
  readonly size?: number | undefined
  readonly metric: string
  readonly side: string
  /** What it is a ratio to; without it the bound is in the unit measured. Same metric unless another is named. */
  readonly of?: { readonly side: string; readonly metric?: string | undefined } | undefined
}

/** Of what costs. */
interface UpperBound {
  readonly limit: number
  readonly atLeast?: undefined
}

/** Of what there should be much of, such as a speed-up. */
interface LowerBound {
  readonly atLeast: number
  readonly limit?: undefined
}

const SWITCH = { caseId: 'c01-switch', metric: 'switch' }
const SYMMETRIC = { caseId: 'c01-symmetric', metric: 'switch', side: 'plait' }
const SPAWN = { caseId: 'c02-spawn', metric: 'spawn and join', side: 'plait' }
const MEMORY = { caseId: 'c03-memory', size: 1_000_000, metric: 'resident', side: 'plait' }
const PING_PONG = { caseId: 'c04-queue', metric: 'ping-pong', side: 'plait' }
const THROUGH_1 = { caseId: 'c04-queue', metric: 'producer to consumer, size 1', side: 'plait' }
const THROUGH_100 = { caseId: 'c04-queue', metric: 'producer to consumer, size 100', side: 'plait' }
const TIMER = { caseId: 'c05-timers', metric: 'timer', side: 'plait' }
const DEEP = { caseId: 'c06-depth', metric: 'resume at depth 100', side: 'plait' }
const CANCEL = { caseId: 'c07-cancel', metric: 'cancel and join', side: 'plait' }
const LOCK = { caseId: 'c08-lock', metric: 'turn with the lock', side: 'plait' }

const THREADS = { caseId: 'c09-offload', side: 'plait' }
const PROCESSES = { caseId: 'c09-processes', side: 'plait' }
const OUTSIDE = { caseId: 'c13-colorless', side: 'outside' }
// Judged with the analysis that a program opts into: methods are what their names and this module say.
const INSIDE = { caseId: 'c13-colorless', side: 'inside-assuming' }
const GREENLET = { caseId: 'c13-greenlet', side: 'greenlet' }
const PARKED = { caseId: 'c13-parked', metric: 'resident', side: 'greenlet' }
const SWITCHED = { caseId: 'c14-greenlet', side: 'plait', of: { side: 'python-greenlet' } }
const HUB = { caseId: 'c14-gevent', side: 'plait', of: { side: 'python-gevent' } }
const CRAWL = { caseId: 'c12-crawl' }
const ONE_BY_ONE = 'no-op, one by one'
const BURST = 'no-op, burst'
const SPEED_UP = 'speed-up on 2 workers'

export const targets: readonly Target[] = [
  { ...SWITCH, side: 'plait', limit: 1.6, of: { side: 'floor' } },
  { ...SWITCH, side: 'plait-sleep', limit: 2, of: { side: 'floor' } },
  { ...SWITCH, side: 'plait-storage', limit: 2.5, of: { side: 'floor' } },
  { ...SWITCH, side: 'plait', limit: 0.75, of: { side: 'native' } },
  { ...SWITCH, side: 'plait', limit: 1, of: { side: 'go' } },
  { ...SYMMETRIC, limit: 2.5, of: { side: 'floor' } },
  { ...SYMMETRIC, limit: 1, of: { side: 'luajit' } },
  { ...SPAWN, limit: 2.5, of: { side: 'floor' } },
  { ...SPAWN, limit: 1, of: { side: 'native' } },
  { ...MEMORY, limit: 480 },
  { ...MEMORY, limit: 0.6, of: { side: 'native' } },
  { ...PING_PONG, limit: 1.5, of: { side: 'floor' } },
  { ...PING_PONG, limit: 0.6, of: { side: 'native' } },
  { ...THROUGH_1, limit: 1.5, of: { side: 'floor' } },
  { ...THROUGH_1, limit: 1.2, of: { side: 'native' } },
  { ...THROUGH_100, limit: 1.5, of: { side: 'floor' } },
  { ...THROUGH_100, limit: 1.2, of: { side: 'native' } },
  // 2.5 and 4 µs where the floor takes 0.8 and 1.2.
  { ...TIMER, size: 100_000, limit: 3.1, of: { side: 'floor' } },
  { ...TIMER, size: 1_000_000, limit: 3.3, of: { side: 'floor' } },
  // 35 ns where the floor takes 15.
  { ...DEEP, limit: 2.3, of: { side: 'floor' } },
  { ...DEEP, limit: 1.1, of: { side: 'plait', metric: 'resume at depth 1' } },
  // 750 ns where the floor takes 556: there is no room in it for an error made for each task.
  { ...CANCEL, limit: 1.35, of: { side: 'floor' } },
  { ...LOCK, limit: 2, of: { side: 'floor' } },
  { ...LOCK, limit: 0.75, of: { side: 'go' } },
  { ...THREADS, metric: ONE_BY_ONE, limit: 1.1, of: { side: 'raw' } },
  // 4 µs where two workers by hand take 1.8.
  { ...THREADS, metric: BURST, limit: 2.2, of: { side: 'raw' } },
  { ...THREADS, metric: BURST, limit: 1, of: { side: 'piscina' } },
  { ...THREADS, metric: BURST, limit: 1, of: { side: 'tinypool' } },
  { ...THREADS, metric: BURST, limit: 1, of: { side: 'workerpool' } },
  { ...THREADS, metric: BURST, limit: 1, of: { side: 'python' } },
  { ...THREADS, metric: SPEED_UP, atLeast: 1.95 },
  { ...PROCESSES, metric: ONE_BY_ONE, limit: 1.1, of: { side: 'raw' } },
  { ...PROCESSES, metric: ONE_BY_ONE, limit: 1, of: { side: 'python' } },
  { ...PROCESSES, metric: BURST, limit: 1.5, of: { side: 'raw' } },
  { ...PROCESSES, metric: BURST, limit: 1, of: { side: 'tinypool' } },
  { ...PROCESSES, metric: BURST, limit: 1, of: { side: 'workerpool' } },
  { ...PROCESSES, metric: BURST, limit: 1, of: { side: 'python' } },
  { ...PROCESSES, metric: SPEED_UP, atLeast: 1.95 },
  { ...OUTSIDE, metric: 'fib, a call / untransformed', limit: 1.02 },
  { ...OUTSIDE, metric: 'acorn, a character / untransformed', limit: 1.02 },
  { ...OUTSIDE, metric: 'marked, a character / untransformed', limit: 1.02 },
  { ...INSIDE, metric: 'acorn, a character / untransformed', limit: 7 },
  { ...INSIDE, metric: 'marked, a character / untransformed', limit: 1.5 },
  // Also with nothing taken for granted.
  { ...INSIDE, side: 'inside', metric: 'code of acorn', limit: 3.5 },
  { ...INSIDE, side: 'inside', metric: 'code of marked', limit: 3.5 },
  {
    ...GREENLET,
    metric: 'switch at depth 1000',
    limit: 1.3,
    of: { side: 'greenlet', metric: 'switch at depth 1' },
  },
  { ...GREENLET, metric: 'switch at depth 1000', limit: 250 },
  { ...GREENLET, metric: 'make and begin', limit: 1.6, of: { side: 'plait' } },
  { ...PARKED, limit: 1024 },
  { ...SWITCHED, metric: 'switch', limit: 1 },
  { ...SWITCHED, metric: 'make, start and end', limit: 0.5 },
  { ...HUB, metric: 'switch', limit: 0.5 },
  { ...HUB, metric: 'spawn and join', limit: 0.5 },
  { ...HUB, metric: 'kill and join', limit: 0.25 },
  { ...HUB, metric: "a pool's map", limit: 0.5 },
  // A fetch is what it is: the greenlets must add nothing to it.
  { ...CRAWL, side: 'plait-gevent', metric: '100 at a time', limit: 1.05, of: { side: 'native' } },
  { ...CRAWL, side: 'plait-gevent', metric: '1000 at a time', limit: 1.05, of: { side: 'native' } },
]

/** The targets in a JSON file, or the line that says why there are none: one that names nothing would pass unseen. */
export function readTargets(file: string): readonly Target[] | string {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return `--targets ${file}: ${(error as Error).message}`
  }
  if (!Array.isArray(content)) return `--targets ${file}: expected a list of targets`
  const wrong = content.findIndex(entry => !isTarget(entry))
  if (wrong === -1) return content
  return `--targets ${file}: entry ${wrong} is no target: it must have a known caseId, a metric, a side, and a limit or an atLeast`
}

function isTarget(entry: unknown): entry is Target {
  if (typeof entry !== 'object' || entry === null) return false
  const { caseId, metric, side, limit, atLeast } = entry as Record<string, unknown>
  const isNamed = typeof metric === 'string' && typeof side === 'string'
  const isBound =
    (typeof limit === 'number' && atLeast === undefined) ||
    (typeof atLeast === 'number' && limit === undefined)
  return isNamed && isBound && cases.some(({ id }) => id === caseId)
}
