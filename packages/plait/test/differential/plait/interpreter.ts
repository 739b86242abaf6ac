import {
  type Context,
  copyContext,
  coroutine,
  currentTask,
  EventLoop,
  type Future,
  type Operation,
  type Task,
  type TaskGroup,
  type Timeout,
} from '../../../src/index.ts'
import { VirtualClock } from '../../../src/testing.ts'
import {
  type Block,
  limits,
  type Program,
  type Statement,
  type Target,
  type Thing,
  type TraceEvent,
  type WaitingStatement,
} from '../program.ts'
import { describe } from './app-error.ts'
import type { Frame, Signal, Waits } from './frame.ts'
import { runPlain } from './plain-statements.ts'
import { SharedThings } from './things.ts'
import { isTidy } from './tidy.ts'
import { runWaiting } from './waiting-statements.ts'

/** Something to wait for, found or freshly made. */
interface Found {
  readonly thing: Operation<unknown>
  readonly name: string
  readonly future: Future<unknown> | undefined
}

const waiting: ReadonlySet<string> = new Set<WaitingStatement['op']>([
  ...(['sleep', 'turn', 'await', 'shield', 'gather', 'wait', 'waitFor', 'asCompleted'] as const),
  ...(['timeout', 'group', 'try', 'repeat'] as const),
  ...(['acquire', 'hold', 'eventWait', 'conditionWait', 'conditionWaitFor'] as const),
  ...(['barrierWait', 'barrierReset', 'barrierAbort', 'put', 'get', 'join'] as const),
])

const coroutineBody = coroutine(function* body(
  world: World,
  index: number,
  label: string,
  root: string | undefined,
): Waits<unknown> {
  return yield* world.rawBody(index, label, root)
})

/** A loop that lets the host in at every satisfied wait rather than every few milliseconds. */
class HurriedLoop extends EventLoop {
  override _spend(): boolean {
    return true
  }
}

/** One program under way: the same as World in interpreter.py, line by line. */
export class World {
  readonly loop: EventLoop
  readonly trace: TraceEvent[] = []
  readonly slots: (Future<unknown> | undefined)[] = []
  readonly futures: Future<number>[] = []
  readonly scopes: (Timeout | undefined)[] = []
  readonly groups: (TaskGroup | undefined)[] = []
  readonly handles: ({ cancel(): void } | undefined)[] = []
  readonly sharedContext: Context = copyContext()
  /** The name of a waiting task, and those of the tasks that a cancel would pass to. */
  readonly blocked: Map<string, readonly string[]> = new Map()
  readonly shared = new SharedThings()
  readonly isTidy: boolean
  ended = false
  readonly #program: Program
  readonly #callbacks: ((done?: Future<unknown>) => void)[]
  readonly #names = new Map<Future<unknown>, string>()
  #made = 0
  #renewed = 0

  constructor(program: Program) {
    this.#program = program
    this.isTidy = isTidy(program)
    const Loop = program.hurried ? HurriedLoop : EventLoop
    this.loop = new Loop({ clock: new VirtualClock() })
    if (program.watched) this.loop.instrument = { stepBegins: () => {} }
    this.#callbacks = program.callbacks.map((block, index) => this.#makeCallback(`C${index}`, block))
  }

  log(who: string, what: string, ...details: unknown[]): void {
    if (this.ended) return
    this.trace.push([this.loop.time(), who, what, ...details])
    if (this.trace.length < limits.events) return
    this.trace.push([this.loop.time(), 'loop', 'too long'])
    this.ended = true
    this.loop.stop()
  }

  know<F extends Future<unknown>>(thing: F, name: string): F {
    this.#names.set(thing, name)
    return thing
  }

  /** Tasks that the runtime makes by itself have no name in common with the other side. */
  name(thing: Future<unknown>): string {
    if (isTask(thing)) return thing.name.includes('#') ? thing.name : 'unnamed'
    return this.#names.get(thing) ?? 'unnamed'
  }

  state(future: Future<unknown>): unknown[] {
    if (!future.done()) return ['pending']
    try {
      return ['result', future.result() ?? null]
    } catch (error) {
      return [future.cancelled() ? 'cancelled' : 'error', describe(error)]
    }
  }

  cancelling(): number | undefined {
    return currentTask()?.cancelling()
  }

  target(text: Target): Future<unknown> | undefined {
    if (text === 'self') return currentTask()
    const index = Number(text.slice(1))
    return text.startsWith('T') ? this.slots[index] : this.futures[index]
  }

  /** A target, or a fresh coroutine of a body; and its name. */
  thing(frame: Frame, text: Thing, ownTask: boolean): Found {
    if (isFresh(text)) {
      const body = Number(text.slice(1))
      const name = this.fresh(body)
      return { thing: this.body(body, name, ownTask ? name : frame.root), name, future: undefined }
    }
    const future = this.target(text) as Future<unknown>
    return { thing: future, name: this.name(future), future }
  }

  fresh(body: number): string {
    const label = `B${body}#${this.#made}`
    this.#made += 1
    return label
  }

  renewedName(future: number): string {
    this.#renewed += 1
    return `F${future}.${this.#renewed}`
  }

  /**
   * Why a thing cannot be waited for: it is not there, or a cancel would go round in a circle for ever. (Tasks that
   * await themselves are left out with the latter: in CPython that spoils the task for everybody else who awaits it.)
   */
  trouble(frame: Frame, text: Thing): 'empty' | 'circular' | undefined {
    if (isFresh(text)) return undefined
    const found = this.target(text)
    if (found === undefined) return 'empty'
    // By the frame, since a task that the runtime made by itself does not know its own name.
    const name = text === 'self' ? (frame.root as string) : this.name(found)
    return this.#below(name, new Set()).has(frame.root) ? 'circular' : undefined
  }

  /** Those that a cancel of this one would come to; each once, however many ways lead there. */
  #below(name: string, found: Set<string | undefined>): ReadonlySet<string | undefined> {
    if (found.has(name)) return found
    found.add(name)
    for (const other of this.blocked.get(name) ?? []) this.#below(other, found)
    return found
  }

  /** A coroutine of a body, not started: of either kind that TypeScript has. */
  body(index: number, label: string, root: string | undefined): Operation<unknown> {
    return this.#program.raw[index] === true
      ? this.rawBody(index, label, root)
      : coroutineBody(this, index, label, root)
  }

  *rawBody(index: number, label: string, root: string | undefined): Waits<unknown> {
    this.log(label, 'starts')
    let signal: Signal
    try {
      signal = yield* this.block({ label, root }, this.#program.bodies[index] ?? [])
    } catch (error) {
      this.log(label, 'fails', describe(error))
      throw error
    }
    const value = signal?.value ?? null
    this.log(label, 'returns', value)
    return value
  }

  *block(frame: Frame, statements: Block): Waits<Signal> {
    for (const statement of statements) {
      if (this.ended) return { value: null }
      if (statement.op === 'return') {
        this.log(frame.label, 'return', statement.value)
        return { value: statement.value }
      }
      if (!isWaiting(statement)) {
        runPlain(this, frame, statement)
        continue
      }
      const signal = yield* runWaiting(this, frame, statement)
      if (signal !== undefined) return signal
    }
    return undefined
  }

  callback(index: number): (done?: Future<unknown>) => void {
    return this.#callbacks[index] as (done?: Future<unknown>) => void
  }

  #makeCallback(label: string, block: Block): (done?: Future<unknown>) => void {
    const frame: Frame = { label, root: undefined }
    return done => {
      this.log(label, 'called', ...(done === undefined ? [] : [this.name(done), ...this.state(done)]))
      for (const statement of block) {
        if (this.ended) return
        if (!isWaiting(statement)) runPlain(this, frame, statement)
      }
    }
  }

  async run(): Promise<void> {
    const { loop } = this
    loop.setExceptionHandler((_loop, context) => {
      // A title names the future whose error nobody took; what remains are errors of callbacks.
      if (context.title === undefined) this.log('loop', 'handles', describe(context.exception))
    })
    loop.callAt(limits.deadline, () => this.#finish())
    loop.callSoon(() => this.#begin())
    try {
      await loop.runForever()
    } finally {
      this.ended = true
      loop.close()
    }
  }

  /** The loop broke or hangs: leaves it. */
  abandon(why: string): void {
    this.log('loop', why)
    this.ended = true
    this.loop.stop()
  }

  #begin(): void {
    for (let index = 0; index < this.#program.futures; index += 1) {
      this.futures.push(this.know(this.loop.createFuture<number>(), `F${index}`))
    }
    const label = this.fresh(0)
    this.slots[0] = this.know(this.loop.createTask(this.body(0, label, label), { name: label }), label)
  }

  #finish(): void {
    for (const [thing, name] of this.#names) this.log(name, 'ends', ...this.state(thing))
    this.ended = true
    this.loop.stop()
  }
}

/** A task rather than a future: it has a count of cancels. */
export function isTask(thing: Future<unknown>): thing is Task<unknown> {
  return 'cancelling' in thing
}

function isFresh(text: Thing): text is `B${number}` {
  return text.startsWith('B')
}

function isWaiting(statement: Statement): statement is WaitingStatement {
  return waiting.has(statement.op)
}
