import { Channel, type Source } from 'plait'

/** An address to crawl, and how many links it is away from the start. */
export interface Lead {
  readonly url: string
  readonly depth: number
}

/**
 * What is found and not yet crawled. Whoever has crawled a lead adds what is found there and says that it is done; when
 * that was said of every lead nothing more can come, and the leads end.
 */
export class Frontier {
  readonly #leads = new Channel<Lead>({ capacity: Number.POSITIVE_INFINITY, name: 'frontier' })
  readonly #known = new Set<string>()
  readonly #maxPages: number
  readonly #maxDepth: number
  #underway = 0
  #found = 0
  #leftOut = 0

  constructor(limits: { maxPages: number; maxDepth: number }) {
    this.#maxPages = limits.maxPages
    this.#maxDepth = limits.maxDepth
  }

  /** First found first, until there can be no more. */
  get leads(): Source<Lead> {
    return this.#leads
  }

  /** How many leads were accepted so far. */
  get found(): number {
    return this.#found
  }

  /** How many were not, because of the limits. */
  get leftOut(): number {
    return this.#leftOut
  }

  /** Adds a lead unless it is known already, too deep or one too many. */
  add(lead: Lead): void {
    if (!this.claim(lead.url)) return
    if (lead.depth > this.#maxDepth || this.#found >= this.#maxPages) {
      this.#leftOut += 1
      return
    }
    this.#found += 1
    this.#underway += 1
    this.#leads.trySend(lead)
  }

  /** Marks an address as known, as the end of a redirection is. False if it was known before. */
  claim(url: string): boolean {
    if (this.#known.has(url)) return false
    this.#known.add(url)
    return true
  }

  /** A lead is dealt with, and what was found there is added. */
  done(): void {
    this.#underway -= 1
    if (this.#underway === 0) this.#leads.close()
  }
}
