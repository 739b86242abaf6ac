import { coroutine, type Operation, taskGroup } from 'plait'
import { Frontier } from './frontier.ts'
import type { Tally } from './tally.ts'
import { type VisitLimits, visit } from './visit.ts'

export interface CrawlPlan {
  readonly start: string
  /** How many pages are fetched at once, at most. */
  readonly concurrency: number
  readonly maxPages: number
  readonly maxDepth: number
  readonly visit: VisitLimits
  /** Whether the site lets us fetch an address. */
  readonly allows: (url: string) => boolean
}

/**
 * Crawls a site with a fixed number of workers, which share one frontier: the bound on what runs at once is their
 * number. What they find goes into the tally as they find it. Cancelling the crawl cancels every fetch under way.
 */
export const crawlSite = coroutine(function* crawlSite(plan: CrawlPlan, tally: Tally): Operation<void> {
  const frontier = new Frontier(plan)
  tally.begin()
  try {
    frontier.add({ url: plan.start, depth: 0 })
    yield* taskGroup(function* (group) {
      for (let n = 1; n <= plan.concurrency; n += 1)
        group.createTask(worker(plan, frontier, tally), { name: `worker-${n}` })
    })
  } finally {
    tally.end()
  }
})

const worker = coroutine(function* worker(
  plan: CrawlPlan,
  frontier: Frontier,
  tally: Tally,
): Operation<void> {
  for (;;) {
    const lead = yield* frontier.take()
    if (lead === undefined) return
    const endVisit = tally.beginVisit()
    try {
      const seen = yield* visit(lead.url, plan.visit)
      if (seen.kind !== 'page') tally.add(seen)
      else if (seen.url !== lead.url && !frontier.claim(seen.url))
        tally.add({ kind: 'passed-over', url: lead.url, why: `leads to ${seen.url}, which is known` })
      else {
        tally.add(seen)
        for (const url of seen.content.links)
          if (plan.allows(url)) frontier.add({ url, depth: lead.depth + 1 })
      }
    } finally {
      endVisit()
      frontier.done()
      tally.found = frontier.found
      tally.leftOut = frontier.leftOut
    }
  }
})
