import type { Pool } from 'plait/gevent'
import { careful, load } from '../colorless/modules.ts'

interface Programs {
  handOver(count: number): void
  startAndEnd(count: number): number
  byTurns(count: number): void
  spawnAndJoin(count: number): number
  kills(count: number, ms: number, now: () => number): { readonly took: number; readonly ended: number }
  crawl(urls: readonly string[], atOnce: number): number
  mapped(pool: Pool, numbers: readonly number[]): number
}

/** The greenlets of cases 12 and 14. */
export const { module: programs } = await load<Programs>(import.meta.resolve('./programs.js'), careful)
