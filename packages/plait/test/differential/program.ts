/**
 * The language of the differential test: small concurrent programs, as JSON, that CPython's asyncio and Plait both
 * run under virtual time. A program is a few task bodies, a few futures and a few callbacks, and what the tasks share
 * (things-program.ts); every statement is one operation of the runtime, and whatever it does is written into a trace
 * that must be the same on both sides.
 */
import type { Hold, SharedStep, SharedWait } from './things-program.ts'

/** What a statement refers to: a task slot, a future, or the task that runs the statement. */
export type Target = `T${number}` | `F${number}` | 'self'

/** What can be waited for: a target, or a fresh coroutine of a body (`B2`), which nobody has started yet. */
export type Thing = Target | `B${number}`

export type WaitMode = 'ALL_COMPLETED' | 'FIRST_COMPLETED' | 'FIRST_EXCEPTION'

/** Which errors a handler takes: every one, all but cancellation, cancellation, or timeouts alone. */
export type CatchKind = 'all' | 'ordinary' | 'cancelled' | 'timeout'

export type Block = readonly Statement[]

/** What only waits, or holds a block that may wait. */
export type WaitingStatement =
  | { op: 'sleep'; delay: number }
  | { op: 'turn'; times: number }
  | { op: 'await'; what: Thing }
  | { op: 'shield'; what: Thing }
  | { op: 'gather'; what: readonly Thing[]; settled: boolean }
  | { op: 'wait'; what: readonly Target[]; mode: WaitMode; limit: number | null }
  | { op: 'waitFor'; what: Thing; limit: number | null; shielded: boolean }
  | { op: 'asCompleted'; what: readonly Thing[]; limit: number | null; form: 'next' | 'each' }
  | { op: 'timeout'; scope: number; at: boolean; limit: number | null; body: Block }
  | { op: 'group'; group: number; body: Block }
  | { op: 'try'; body: Block; handler: Handler | null; cleanup: Block | null }
  | { op: 'repeat'; times: number; body: Block }
  | Hold
  | SharedWait

/** What happens at once; callbacks hold only these. */
export type PlainStatement =
  | {
      op: 'spawn'
      slot: number
      body: number
      eager: boolean
      group: number | null
      /** In a copy of the maker's context, as ever; in such a copy handed over; or in one that several tasks share. */
      context: 'copied' | 'own' | 'shared'
    }
  | { op: 'cancel'; what: Target; reason: string | null }
  | { op: 'uncancel'; what: Target }
  | { op: 'cancelling'; what: Target }
  | { op: 'read'; what: Target }
  | { op: 'setResult'; future: number; value: number }
  | { op: 'setError'; future: number; message: string }
  | { op: 'renewFuture'; future: number }
  | { op: 'addCallback'; what: Target; callback: number }
  | { op: 'removeCallback'; what: Target; callback: number }
  | { op: 'callSoon'; handle: number; callback: number }
  | { op: 'callLater'; handle: number; callback: number; delay: number }
  | { op: 'callAt'; handle: number; callback: number; offset: number }
  | { op: 'cancelHandle'; handle: number }
  | { op: 'reschedule'; scope: number; to: number | null }
  | { op: 'currentTask' }
  | { op: 'setVariable'; variable: number; value: number }
  | { op: 'getVariable'; variable: number }
  | { op: 'raise'; message: string }
  | { op: 'return'; value: number }
  | SharedStep

export type Statement = WaitingStatement | PlainStatement

export type Operation = Statement['op']

/** An `except` clause: what it takes, what it does, and how it is left. */
export interface Handler {
  kind: CatchKind
  body: Block
  leave: 'swallow' | 'rethrow' | 'raise'
}

export interface Program {
  /** The task bodies; the first is the main task's. A body makes and calls only later ones. */
  bodies: readonly Block[]
  /** How each body is written in TypeScript: a coroutine function or a raw generator. Python has one way only. */
  raw: readonly boolean[]
  /** In TypeScript, the host wants its turn at every satisfied wait; the order must be the same. */
  hurried: boolean
  /** In TypeScript, an instrument listens to the loop; the order must be the same. */
  watched: boolean
  /** What callbacks do when they are called, beyond saying so. */
  callbacks: readonly Block[]
  /** How many futures there are. */
  futures: number
}

/** `[time, who, what, ...details]` */
export type TraceEvent = readonly [number, string, string, ...unknown[]]

export type Trace = readonly TraceEvent[]

/** What a program did: all that must be the same on both sides, and what else the runtime could tell of it. */
export interface Run {
  readonly trace: Trace
  /** Features reached that the trace does not show, for the coverage table. Only CPython's side tells them. */
  readonly seen: readonly string[]
}

/** Runs programs on one of the two runtimes. */
export type ProgramRunner = (programs: readonly Program[]) => Promise<Run[]>

export const limits = {
  /** Virtual time at which a program that still waits is stopped and its pending tasks are listed. */
  deadline: 10_000,
  /** Events after which a program is stopped, however much it still has to do. */
  events: 400,
  /** Slots for tasks; the first holds the main task. */
  slots: 7,
  scopes: 3,
  groups: 3,
  handles: 3,
  variables: 2,
} as const
