import type { GreenletStatement, SharedStatement } from './statements.ts'

/** The language of the programs: data, so that two interpreters can run it and a shrinker can cut it. */
export interface Program {
  /** What it is about: the parts of gevent that its statements are taken from. */
  readonly areas: readonly Area[]
  /** The first is the body of the main greenlet. Each refers to later ones alone, so that all end. */
  readonly functions: readonly Block[]
  /** Called in the hub, by `rawlink`: their statements never wait. */
  readonly callbacks: readonly Block[]
}

export const areas = ['core', 'timeouts', 'events', 'locks', 'queues', 'pools'] as const

export type Area = (typeof areas)[number]

export type Block = readonly Statement[]

/** Milliseconds; null is for ever. */
export type Limit = number | null

export type CatchKind =
  | 'all'
  | 'ordinary'
  | 'exit'
  | 'timeout'
  | 'mine'
  | 'app'
  | 'empty'
  | 'full'
  | 'loopExit'

export interface Handler {
  readonly kind: CatchKind
  /** Whose timeout is `mine`. */
  readonly scope: number
  readonly body: Block
  readonly leave: 'swallow' | 'rethrow' | 'raise'
}

/** A statement of this name, with these fields: they are written into the trace in the order they have here. */
export type Says<Op extends string, Fields = unknown> = Op extends string
  ? { readonly op: Op } & Readonly<Fields>
  : never

/** Those that hold others. */
export type CompoundStatement =
  | Says<'try', { body: Block; handler: Handler | null; cleanup: Block | null }>
  | Says<'repeat', { times: number; body: Block }>
  /** `with Timeout(…)`; what it throws: itself, itself in silence (false), or an error of its own. */
  | Says<'timeout', { scope: number; ms: Limit; error: string | false | null; body: Block }>
  | Says<'hold', { lock: string; body: Block }>

export type SimpleStatement = GreenletStatement | SharedStatement

export type Statement = CompoundStatement | SimpleStatement

/** `[time, who, what, ...details]` */
export type TraceEvent = readonly [number, string, string, ...unknown[]]

export type Trace = readonly TraceEvent[]

/** What a program did: all of it must be the same on both sides. */
export interface Run {
  readonly trace: Trace
}

/** Runs programs on one of the two. */
export interface Side {
  run(programs: readonly Program[]): Promise<readonly Run[]>
  stop(): void
}

export const limits = {
  /** Events after which a program is stopped, however much it still has to do. */
  events: 400,
  /** Slots for greenlets. */
  slots: 5,
  /** Slots for timeouts. */
  scopes: 3,
} as const
