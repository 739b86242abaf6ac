/**
 * The language of the programs: greenlets that switch to each other and throw into each other, as JSON, which the greenlet
 * of Python and Plait both run. A program is a few bodies, the first of them the main greenlet's; every statement does one
 * thing that greenlets can do, and whatever it does is written into a trace that must be the same on both sides.
 */

/** A slot for a greenlet, the main one being in the first; or the greenlet that runs the statement, or its parent. */
export type Ref = `G${number}` | 'self' | 'parent'

/** Greenlets of another thread, or of another task: one that has not begun, one that has, and its main one. */
export type Foreign = 'F0' | 'F1' | 'F2'

/** What a switch brings, or a body returns; 'self' is the greenlet that says so. */
export type Value = number | null | 'self' | readonly number[]

export interface ErrorSpec {
  kind: 'App' | 'Exit'
  message: string
}

/** How a greenlet comes to what it runs: from a function, by a class of its own with a method, or not at all. */
export type Making = 'function' | 'class' | 'nothing'

/** What a handler takes: everything, all but GreenletExit, that alone, what programs raise, or the mistakes they make. */
export type CatchKind = 'all' | 'ordinary' | 'exit' | 'app' | 'mistake'

export interface Handler {
  kind: CatchKind
  body: Block
  leave: 'swallow' | 'rethrow' | 'raise'
}

/** What stands between a block and what runs it: calls of every kind, and built-ins with callbacks. */
export const ways = [
  ...(['function', 'method', 'closure', 'constructor', 'getter', 'setter', 'super'] as const),
  ...(['iterator', 'generator', 'coroutine', 'bound', 'spread'] as const),
  ...(['map', 'forEach', 'filter', 'reduce', 'some', 'every', 'find', 'sort', 'flatMap'] as const),
  ...(['replace', 'from', 'mapForEach'] as const),
] as const

export type Way = (typeof ways)[number]

export type Block = readonly Statement[]

/** What may switch, or holds a block that may. */
export type SwitchingStatement =
  | { op: 'switch'; to: Ref | Foreign; args: readonly Value[] }
  | { op: 'throw'; to: Ref | Foreign; error: ErrorSpec | null }
  | { op: 'try'; body: Block; handler: Handler | null; cleanup: Block | null }
  | { op: 'repeat'; times: number; body: Block }
  | { op: 'within'; way: Way; times: number; body: Block }
  /** In Plait the whole task waits for something else, which greenlets know nothing of. */
  | { op: 'pause'; how: 'turn' | 'sleep' | 'promise' }

/** What happens at once. */
export type PlainStatement =
  | {
      op: 'create'
      slot: number
      body: number
      parent: Ref | null
      making: Making
      /** In Plait, where bodies of both kinds are mixed, it is a generator. */
      generator: boolean
      /** In Plait, it is made in an AsyncLocalStorage's context of its own, which it has to keep. */
      scoped: boolean
    }
  | { op: 'setRun'; of: Ref; body: number; generator: boolean }
  | { op: 'setParent'; of: Ref; to: Ref | 'nothing' | 'number' | Foreign }
  | { op: 'look'; at: Ref | Foreign }
  | { op: 'setVariable'; variable: number; value: number }
  | { op: 'getVariable'; variable: number }
  | { op: 'setContext'; of: Ref; to: Ref | 'copy' | 'nothing' | 'number' }
  | { op: 'readContext'; of: Ref; variable: number }
  | { op: 'trace'; tracer: number | null; fails: number | null }
  | { op: 'raise'; error: ErrorSpec }
  | { op: 'return'; value: Value }

export type Statement = SwitchingStatement | PlainStatement

export type Operation = Statement['op']

export interface Program {
  /** The first is what the main greenlet runs. */
  bodies: readonly Block[]
  /** There are greenlets of another thread. */
  foreign: boolean
  /** In Plait, an instrument listens to the loop. */
  watched: boolean
}

/** `[who, what, ...details]` */
export type TraceEvent = readonly [string, string, ...unknown[]]

export type Trace = readonly TraceEvent[]

/** Runs programs on one side. */
export type ProgramRunner = (programs: readonly Program[]) => Promise<Trace[]>

export const limits = {
  /** Statements after which a program is stopped, wherever it is. */
  steps: 220,
  /** Slots for greenlets; the first holds the main one. */
  slots: 6,
  variables: 2,
  tracers: 2,
} as const
