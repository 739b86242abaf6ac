import { execFile } from 'node:child_process'
import type { Case, Scale } from './catalogue.ts'
import { addLines, type Results } from './results.ts'
import { type Side, sidesOf } from './sides.ts'

export interface RoundsOptions {
  readonly rounds: number
  readonly isQuick: boolean
  readonly signal: AbortSignal
  readonly onProgress: (what: string) => void
}

/**
 * Runs a case at each of its scales. A round goes over all sides, one fresh process each, and starts one side further
 * on than the round before: so a noisy minute hits all of them, and none is always first.
 */
export async function runCase(theCase: Case, options: RoundsOptions): Promise<Results> {
  const results: Results = { rows: [], gaps: [] }
  const sides = sidesOf(theCase.id)
  for (const scale of theCase.scales) {
    const ready = readySides(theCase, scale, sides, results)
    const failed = new Set<string>()
    const rounds = Math.min(options.rounds, scale.rounds ?? options.rounds)
    for (let round = 0; round < rounds; round++) {
      const first = round % Math.max(1, ready.length)
      for (const side of [...ready.slice(first), ...ready.slice(0, first)]) {
        const isOver = failed.has(side.name) || (round > 0 && theCase.onceOnly?.includes(side.name) === true)
        if (isOver || options.signal.aborted) continue
        const size = options.isQuick ? scale.quickSize : scale.size
        options.onProgress(`${theCase.id} at ${size.toLocaleString('en')}, round ${round + 1}: ${side.name}`)
        const { printed, trouble } = await runSide(side, scale, theCase.limitMs, options)
        const from = { caseId: theCase.id, nominalSize: scale.size, side: side.name }
        const count = addLines(results.rows, printed, { ...from, size })
        const why = trouble ?? (count === 0 ? 'printed no result' : undefined)
        if (why === undefined || options.signal.aborted) continue
        failed.add(side.name)
        results.gaps.push({ ...from, kind: 'failed', why })
      }
    }
  }
  return results
}

type ReadySide = Extract<Side, { kind: 'ready' }>

function readySides(theCase: Case, scale: Scale, sides: readonly Side[], { gaps }: Results): ReadySide[] {
  const ready: ReadySide[] = []
  for (const side of sides) {
    const from = { caseId: theCase.id, nominalSize: scale.size, side: side.name }
    const leftOut = scale.leftOut?.[side.name]
    if (side.kind === 'absent') gaps.push({ ...from, kind: 'absent', why: side.why })
    else if (leftOut !== undefined) gaps.push({ ...from, kind: 'left out', why: leftOut })
    else ready.push(side)
  }
  return ready
}

interface Outcome {
  readonly printed: string
  readonly trouble: string | undefined
}

function runSide(
  { command }: ReadySide,
  scale: Scale,
  limitMs: number,
  { isQuick, signal }: RoundsOptions,
): Promise<Outcome> {
  const [program, ...flags] = command as [string, ...string[]]
  const size = isQuick ? scale.quickSize : scale.size
  const spanMs = isQuick ? scale.quickSpanMs : scale.spanMs
  const args = [...flags, String(size), ...(spanMs === undefined ? [] : [String(spanMs)])]
  return new Promise(resolve => {
    const limits = { timeout: limitMs, killSignal: 'SIGKILL', maxBuffer: 2 ** 24, signal } as const
    execFile(program, args, limits, (error, stdout, stderr) => {
      resolve({ printed: stdout, trouble: error === null ? undefined : explain(error, stderr, limitMs) })
    })
  })
}

function explain(error: Error, stderr: string, limitMs: number): string {
  const { killed, signal, code } = error as { killed?: boolean; signal?: string; code?: number | string }
  if (killed === true) return `killed after ${limitMs / 1000} s`
  const end = signal == null ? `ended with ${code}` : `ended by ${signal}`
  const lines = stderr.split('\n').filter(line => line.trim() !== '')
  // Of a stack trace, the line with the error says more than the first, the last, and the line of code above it.
  const telling =
    lines.find(line => /^[\w.]*Error\b/.test(line)) ??
    lines.find(line => /\b\w*Error\b|FATAL/.test(line)) ??
    lines[0]
  return telling === undefined ? end : `${end}: ${telling.trim().slice(0, 200)}`
}
