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

/** The name and the place of a suspended generator; undefined where the host has no inspector. */
export function inspectGenerator(generator: unknown): Inspected | undefined {
  const inspector = nodeModule<typeof import('node:inspector')>('node:inspector')
  if (inspector === undefined) return undefined
  const session = new inspector.Session()
  try {
    session.connect()
    return ask(session, generator)
  } catch {
    return undefined // An engine without inspector support has no answer, and a question must not break the program.
  } finally {
    session.disconnect()
  }
}

function ask(session: Session, generator: unknown): Inspected | undefined {
  const scripts = new Map<string, string>()
  session.on('Debugger.scriptParsed', ({ params }) => {
    scripts.set(params.scriptId, params.url)
  })
  post(session, 'Debugger.enable')
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
    post(session, 'Debugger.disable')
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
