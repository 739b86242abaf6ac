import type { Session } from 'node:inspector'
import { nodeModule } from './node-module.ts'

/*
 * Where a suspended generator stands is known to the engine alone, and it tells its inspector. Asking costs half a
 * millisecond, so it is asked when somebody wants to know, never on the way.
 */

interface GeneratorLocation {
  scriptId: string
  lineNumber: number
  columnNumber: number
}

const SEAT = '__plaitInspected'

/** What the engine tells of a suspended generator. */
export interface Inspected {
  /** The name of its function. */
  readonly name: string | undefined
  /** `file:line:column`. */
  readonly location: string | undefined
}

/** Somebody to ask, and the addresses of the scripts, which the engine tells when it begins to debug. */
interface Inspection {
  readonly session: Session
  readonly scripts: ReadonlyMap<string, string>
}

let shared: Inspection | undefined

/** The name and the place of a suspended generator; undefined where the host has no inspector. */
export function inspectGenerator(generator: unknown): Inspected | undefined {
  try {
    return inspecting(() => shared && ask(shared, generator))
  } catch {
    return undefined // An engine without inspector support has no answer, and a question must not break the program.
  }
}

/**
 * Asks about many generators in one go: to begin and end is what takes the time, more of it the more scripts there are. The
 * function must not wait.
 */
export function inspecting<T>(fn: () => T): T {
  const inspector = nodeModule<typeof import('node:inspector')>('node:inspector')
  if (inspector === undefined || shared !== undefined) return fn()
  const session = new inspector.Session()
  const scripts = new Map<string, string>()
  session.on('Debugger.scriptParsed', ({ params }) => {
    scripts.set(params.scriptId, params.url)
  })
  try {
    session.connect()
    post(session, 'Debugger.enable')
    shared = { session, scripts }
  } catch {} // What is asked gives nothing then.
  try {
    return fn()
  } finally {
    if (shared !== undefined) post(session, 'Debugger.disable')
    shared = undefined
    session.disconnect()
  }
}

function ask({ session, scripts }: Inspection, generator: unknown): Inspected | undefined {
  const seat = globalThis as Record<string, unknown>
  seat[SEAT] = generator
  try {
    const objectId = post(session, 'Runtime.evaluate', { expression: `globalThis.${SEAT}` })?.result?.objectId
    if (objectId === undefined) return undefined
    const inner = post(session, 'Runtime.getProperties', {
      objectId,
      ownProperties: true,
    })?.internalProperties
    const find = (name: string): { value?: unknown; description?: string } | undefined =>
      inner?.find(property => property.name === name)?.value
    const place = find('[[GeneratorLocation]]')?.value as GeneratorLocation | undefined
    return {
      name: /^function\s*\*\s*([\w$]+)/.exec(find('[[GeneratorFunction]]')?.description ?? '')?.[1],
      location: place && placeOf(scripts.get(place.scriptId) ?? '?', place),
    }
  } finally {
    delete seat[SEAT]
  }
}

/** `file:line:column`, in the source that the script was made of, where the host keeps source maps. */
function placeOf(url: string, { lineNumber, columnNumber }: GeneratorLocation): string {
  const { findSourceMap } = nodeModule<typeof import('node:module')>('node:module') ?? {}
  const entry = findSourceMap?.(url)?.findEntry(lineNumber, columnNumber)
  return entry !== undefined && 'originalLine' in entry
    ? `${url}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
    : `${url}:${lineNumber + 1}:${columnNumber + 1}`
}

interface Answer {
  result?: { objectId?: string }
  internalProperties?: { name: string; value?: { value?: unknown; description?: string } }[]
}

/** The inspector answers a session of its own thread before `post` returns. */
function post(session: Session, method: string, params?: object): Answer | undefined {
  let answer: Answer | undefined
  const send = session.post as (
    method: string,
    params: object,
    callback: (error: unknown, answer: Answer) => void,
  ) => void
  send.call(session, method, params ?? {}, (_error, result) => {
    answer = result
  })
  return answer
}
