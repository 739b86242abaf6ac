import type { Death } from './watchdog.ts'

/** What the program under attack is begun with. */
export interface Orders {
  readonly kind: 'threads' | 'processes'
  readonly ledger: string
  readonly seed: number
}

/** What it is told. */
export type Word =
  | { readonly say: 'die'; readonly thread: number; readonly death: Death }
  /** Have a job keep its thread; and when it does, have it stopped. */
  | { readonly say: 'spin' }
  | { readonly say: 'stop spinning' }
  | { readonly say: 'enough' }

/** What it tells of itself, every few milliseconds. */
export interface State {
  /** The workers that are at a job, by their process or thread. */
  readonly busy: readonly number[]
  readonly all: readonly number[]
  /** How many workers have died that were not meant to. */
  readonly deaths: number
  /** Jobs that keep their thread now, and that were stopped. */
  readonly spinning: number
  readonly stopped: number
  /** How many jobs have been submitted and have not ended, and how many have. */
  readonly underWay: number
  readonly ended: number
  /** How many threads this process has, before there was a pool and after; when it is over. */
  readonly threads?: { readonly before: number; readonly after: number } | undefined
}
