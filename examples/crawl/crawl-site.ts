import { coroutine, mapConcurrent, type Operation, RateLimiter } from 'plait'
import { Frontier, type Lead } from './frontier.ts'
import type { Tally } from './tally.ts'
import { type Visit, type VisitLimits, visit } from './visit.ts'

export interface CrawlPlan {
  readonly start: string
  /** How many pages are fetched at once, at most. */
  readonly concurrency: number
  /** How many fetches begin in any second, at most. */
  readonly perSecond: number
  readonly maxPages: number
  readonly maxDepth: number
  readonly visit: VisitLimits
  /** Whether the site lets us fetch an address. */
  readonly allows: (url: string) => boolean
}

interface Seen {
  readonly lead: Lead
  readonly visit: Visit
}

/**
 * Crawls a site: visits the leads of one frontier, so many at once, and adds what it finds there to them until there are
 * no more. What is found goes into the tally as it comes. Cancelling the crawl cancels every fetch under way.
 */
export const crawlSite = coroutine(function* crawlSite(plan: CrawlPlan, tally: Tally): Operation<void> {
  const { concurrency, perSecond } = plan
  const frontier = new Frontier(plan)
  const limiter = new RateLimiter({ limit: perSecond, intervalMs: 1000, name: 'fetches' })
  const seen = mapConcurrent(
    frontier.leads,
    function* (lead): Operation<Seen> {
      yield* limiter.acquire()
      const endVisit = tally.beginVisit()
      try {
        return { lead, visit: yield* visit(lead.url, plan.visit) }
      } finally {
        endVisit()
      }
    },
    { concurrency, ordered: false },
  )
  tally.begin()
  try {
    frontier.add({ url: plan.start, depth: 0 })
    yield* seen.forEach(function* ({ lead, visit }) {
      note(plan, frontier, tally, lead, visit)
      frontier.done()
      tally.found = frontier.found
      tally.leftOut = frontier.leftOut
    })
  } finally {
    tally.end()
  }
})

/** Notes what became of a lead, and adds what it leads to. */
function note(plan: CrawlPlan, frontier: Frontier, tally: Tally, lead: Lead, visit: Visit): void {
  if (visit.kind !== 'page') tally.add(visit)
  else if (visit.url !== lead.url && !frontier.claim(visit.url))
    tally.add({ kind: 'passed-over', url: lead.url, why: `leads to ${visit.url}, which is known` })
  else {
    tally.add(visit)
    for (const url of visit.content.links) if (plan.allows(url)) frontier.add({ url, depth: lead.depth + 1 })
  }
}
