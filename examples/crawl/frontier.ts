import { Future, type Operation } from 'plait'

/** An address to crawl, and how many links it is away from the start. */
export interface Lead {
  readonly url: string
  readonly depth: number
}

/**
 * What is found and not yet crawled, shared by any number of workers. A worker takes a lead, adds what it finds
 * there and says it is done; the crawl has ended when nothing is left and nobody is under way who could add more.
 */
export class Frontier {
  readonly #known = new Set<string>()
  readonly #leads: Lead[] = []
  readonly #idle = new Set<Future<void>>()
  readonly #maxPages: number
  readonly #maxDepth: number
  #underway = 0
  #taken = 0
  #leftOut = 0

  constructor(limits: { maxPages: number; maxDepth: number }) {
    this.#maxPages = limits.maxPages
    this.#maxDepth = limits.maxDepth
  }

  /** How many leads were accepted so far. */
  get found(): number {
    return this.#taken + this.#leads.length
  }

  /** How many were not, because of the limits. */
  get leftOut(): number {
    return this.#leftOut
  }

  /** Adds a lead unless it is known already, too deep or one too many. */
  add(lead: Lead): void {
    if (!this.claim(lead.url)) return
    if (lead.depth > this.#maxDepth || this.found >= this.#maxPages) {
      this.#leftOut += 1
      return
    }
    this.#leads.push(lead)
    this.#wakeOne()
  }

  /** Marks an address as known, as the end of a redirection is. False if it was known before. */
  claim(url: string): boolean {
    if (this.#known.has(url)) return false
    this.#known.add(url)
    return true
  }

  /** The next lead, first found first; `undefined` once the crawl has ended. Waits while others may still add some. */
  *take(): Operation<Lead | undefined> {
    for (;;) {
      const lead = this.#leads.shift()
      if (lead !== undefined) {
        this.#underway += 1
        this.#taken += 1
        return lead
      }
      if (this.#underway === 0) return undefined
      const news = new Future<void>()
      this.#idle.add(news)
      try {
        yield* news
      } catch (error) {
        // Woken and cancelled at once: the news is for another.
        if (!this.#idle.delete(news)) this.#wakeOne()
        throw error
      }
    }
  }

  /** The lead taken is dealt with. The last one under way sends everybody home. */
  done(): void {
    this.#underway -= 1
    if (this.#underway > 0 || this.#leads.length > 0) return
    while (this.#idle.size > 0) this.#wakeOne()
  }

  #wakeOne(): void {
    for (const news of this.#idle) {
      this.#idle.delete(news)
      if (!news.done()) {
        news.setResult(undefined)
        return
      }
    }
  }
}
