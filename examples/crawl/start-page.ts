import { coroutine, type Operation, TimeoutError, timeout, until } from 'plait'
import { type RobotRules, readRobots } from './robots.ts'
import type { VisitLimits } from './visit.ts'

/** Where a crawl of another's site begins, and what its owner allows. */
export type Start =
  | { readonly kind: 'found'; readonly url: string; readonly allows: (url: string) => boolean }
  | { readonly kind: 'unreachable'; readonly why: string }

/**
 * Finds where an address leads, as http://example.org may lead to https://www.example.org, and reads the robots.txt
 * there.
 */
export const locate = coroutine(function* locate(address: string, limits: VisitLimits): Operation<Start> {
  try {
    return yield* timeout(limits.timeoutMs, look(address, limits))
  } catch (error) {
    if (error instanceof TimeoutError)
      return { kind: 'unreachable', why: `no answer within ${limits.timeoutMs} ms` }
    if (!(error instanceof TypeError)) throw error // fetch says so what went wrong on the way
    const cause: { code?: unknown; message?: unknown } = Object(error.cause)
    return { kind: 'unreachable', why: String(cause.message || cause.code || error.message) }
  }
})

const look = coroutine(function* look(address: string, { userAgent }: VisitLimits): Operation<Start> {
  const headers = { 'user-agent': userAgent }
  const url = yield* until(async signal => {
    const response = await fetch(address, { signal, headers, redirect: 'follow' })
    await response.body?.cancel()
    return response.url
  })
  const rules = yield* until(async signal => {
    const response = await fetch(new URL('/robots.txt', url), { signal, headers })
    return readRobots(response.ok ? await response.text() : '', userAgent)
  })
  return startAt(url, rules)
})

function startAt(start: string, rules: RobotRules): Start {
  const url = new URL(start)
  url.hash = ''
  const allows = (one: string): boolean => {
    const { pathname, search } = new URL(one)
    return rules.allows(pathname + search)
  }
  if (allows(url.href)) return { kind: 'found', url: url.href, allows }
  return { kind: 'unreachable', why: 'its robots.txt asks crawlers to stay away' }
}
