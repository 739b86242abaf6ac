import { readFileSync } from 'node:fs'
import { cases } from './catalogue.ts'

/**
 * What Plait promises of its speed. A target is a ratio of two medians of one run, so that it holds on any machine; only
 * memory has limits in bytes as well, since those are the same everywhere.
 */
export interface Target {
  readonly caseId: string
  /** The size of the full run, where the case has several. */
  readonly size?: number | undefined
  readonly metric: string
  readonly side: string
  readonly limit: number
  /** What it is a ratio to; without it the limit is in the unit measured. Same metric unless another is named. */
  readonly of?: { readonly side: string; readonly metric?: string | undefined } | undefined
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
  return `--targets ${file}: entry ${wrong} is no target: it must have a known caseId, a metric, a side and a limit`
}

function isTarget(entry: unknown): entry is Target {
  if (typeof entry !== 'object' || entry === null) return false
  const { caseId, metric, side, limit } = entry as Record<string, unknown>
  const isNamed = typeof metric === 'string' && typeof side === 'string' && typeof limit === 'number'
  return isNamed && cases.some(({ id }) => id === caseId)
}
