import type { PageContent } from './page-content.ts'
import type { Visit } from './visit.ts'

/** What a crawl has so far; whole at any moment, so an interrupted crawl can show and write it. */
export class Tally {
  readonly pages: { readonly url: string; readonly bytes: number; readonly content: PageContent }[] = []
  readonly broken: { readonly url: string; readonly why: string }[] = []
  readonly passedOver: { readonly url: string; readonly why: string }[] = []
  bytes = 0
  found = 0
  leftOut = 0
  underway = 0
  peak = 0
  /** The waiting of all visits added up: what they would have taken one by one. */
  summedMs = 0
  #startedAt: number | undefined
  #endedAt: number | undefined

  /** Pages dealt with, whatever became of them. */
  get visited(): number {
    return this.pages.length + this.broken.length + this.passedOver.length
  }

  get elapsedMs(): number {
    return this.#startedAt === undefined ? 0 : (this.#endedAt ?? performance.now()) - this.#startedAt
  }

  get started(): boolean {
    return this.#startedAt !== undefined
  }

  begin(): void {
    this.#startedAt = performance.now()
  }

  end(): void {
    this.#endedAt = performance.now()
  }

  /** A visit begins; what is returned ends it. */
  beginVisit(): () => void {
    const startedAt = performance.now()
    this.underway += 1
    this.peak = Math.max(this.peak, this.underway)
    return () => {
      this.underway -= 1
      this.summedMs += performance.now() - startedAt
    }
  }

  add(visit: Visit): void {
    if (visit.kind === 'page') {
      this.pages.push(visit)
      this.bytes += visit.bytes
    } else if (visit.kind === 'broken') this.broken.push(visit)
    else this.passedOver.push(visit)
  }
}
