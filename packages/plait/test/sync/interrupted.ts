import { expect, test } from 'vitest'
import {
  type Awaitable,
  type Body,
  createTask,
  getEventLoop,
  MisuseError,
  type Operation,
  run,
  sleep,
  type Task,
  type Timeout,
  TimeoutError,
  timeout,
  type WaitOptions,
  wait,
  withSignal,
} from '../../src/index.ts'

/*
 * Interrupts a scenario everywhere: each of its tasks, at each of its suspensions, in each of the ways there are, in
 * both colors. Each time it is run anew, on a clock of its own, and must end whole.
 */

/** What a task of a scenario does: it waits with `yield* me.wait(…)`, and its color is up to the harness. */
export type Steps<T = void> = Generator<Begin, T, unknown>
type Begin = (options: WaitOptions) => PromiseLike<unknown>

/** What is to be run, made anew for each run. */
export interface Scenario {
  /** Its tasks, made in this order. Each ends of itself, unless it waits for what a cancelled one would have done. */
  readonly tasks: Record<string, (me: Actor) => Steps>
  /** A limit or a signal may come too late to a wait that is not over yet: an item that was taken was sent. */
  readonly mayBeLate?: boolean
  /** When nothing moves any more: some may still wait, but not for what is there to be had. */
  atRest?(): void
  /** Lets those go on who wait for one that was cancelled. Where there is none, nobody may. */
  end?(): Operation<unknown>
  /** When all have ended, told who was interrupted, if anybody. */
  check(victim: string | undefined): Operation<unknown>
}

type Color = 'generator' | 'async'
type Means = 'cancel' | 'timeout' | 'signal'
/**
 * When: `parked`, just as it has parked; `woken`, in the turn after it was woken and before its step; `heard`, an async
 * function's, when what it awaits is over and it does not know yet; `twice`, two cancels as it parks; `again`, as it
 * parks, and at its next two moments.
 */
type When = 'parked' | 'woken' | 'heard' | 'twice' | 'again'
type Kind = 'parks' | 'wakes' | 'done'

interface Interruption {
  readonly victim: string
  readonly means: Means
  readonly when: When
  /** Which of the victim's moments of that kind. */
  readonly at: number
}

const kindOf: Record<When, Kind> = {
  parked: 'parks',
  woken: 'wakes',
  heard: 'done',
  twice: 'parks',
  again: 'parks',
}
const waysOf: Record<Means, readonly When[]> = {
  cancel: ['parked', 'woken', 'heard', 'twice', 'again'],
  timeout: ['parked', 'woken'],
  signal: ['parked', 'woken'],
}
const stopped = new Error('stopped by its signal')
/** Long after all that moves by itself has ended. */
const LATE = 1000

/** One task of a scenario. */
export class Actor {
  readonly name: string
  readonly color: Color
  /** It was cancelled before it was over. */
  isCancelled = false
  readonly #means: Means
  /** What ends each of the waits it stands in, the innermost last. */
  readonly #stops: (() => void)[] = []
  #task: Task<void> | undefined

  constructor(name: string, color: Color, means: Means) {
    this.name = name
    this.color = color
    this.#means = means
  }

  get task(): Task<void> {
    return this.#task as Task<void>
  }

  begin(steps: (me: Actor) => Steps): void {
    this.#task = createTask(
      this.body(() => steps(this)),
      { name: this.name },
    )
  }

  *wait<T>(begin: (options: WaitOptions) => PromiseLike<T>): Steps<T> {
    return (yield begin) as T
  }

  sleep(ms: number): Steps {
    return this.wait(options => sleep(ms, options))
  }

  /** A wait that takes no signal of its own. */
  waitFor<T>(begin: () => Awaitable<T>): Steps<T> {
    return this.wait(({ signal }) => (signal === undefined ? begin() : withSignal(signal, begin())))
  }

  /** A body in the color of this run, for what takes one. */
  body<A extends readonly unknown[], T>(steps: (...args: A) => Steps<T>): Body<A, T> {
    const drive = (args: A): Operation<T> => this.#drive(steps(...args))
    return this.color === 'async'
      ? (...args) => this.#driveAsync(steps(...args))
      : function* (...args) {
          return yield* drive(args)
        }
  }

  /** Interrupts the wait it stands in. */
  interrupt(): void {
    if (this.#means !== 'cancel') this.#stops.at(-1)?.()
    else if (this.task.cancel('interrupted')) this.isCancelled = true
  }

  #guarded(begin: Begin): Awaitable<unknown> {
    switch (this.#means) {
      case 'cancel':
        return begin({}) as Awaitable<unknown>
      case 'timeout':
        return timeout(undefined, scope => {
          this.#stops.push(() => expire(scope))
          return begin({})
        })
      case 'signal': {
        const controller = new AbortController()
        this.#stops.push(() => controller.abort(stopped))
        return begin({ signal: controller.signal }) as Awaitable<unknown>
      }
    }
  }

  *#drive<T>(steps: Steps<T>): Operation<T> {
    const depth = this.#stops.length
    for (let step = steps.next(); ; ) {
      if (step.done === true) return step.value
      let value: unknown
      try {
        value = yield* this.#guarded(step.value)
      } catch (error) {
        this.#stops.length = depth
        step = steps.throw(error)
        continue
      }
      this.#stops.length = depth
      step = steps.next(value)
    }
  }

  async #driveAsync<T>(steps: Steps<T>): Promise<T> {
    const depth = this.#stops.length
    for (let step = steps.next(); ; ) {
      if (step.done === true) return step.value
      let value: unknown
      try {
        value = await this.#guarded(step.value)
      } catch (error) {
        this.#stops.length = depth
        step = steps.throw(error)
        continue
      }
      this.#stops.length = depth
      step = steps.next(value)
    }
  }
}

/** Lets time run out now, unless its body has ended. */
function expire(scope: Timeout): void {
  try {
    scope.reschedule(getEventLoop().time())
  } catch (error) {
    if (!(error instanceof MisuseError)) throw error
  }
}

/** What happened to each task in a run, in order. */
type Moments = Map<string, Kind[]>

/** Watches the tasks of one run, and strikes where it is told to. */
class Watch {
  readonly moments: Moments = new Map()
  strikes = 0
  readonly #actors: ReadonlyMap<string, Actor>
  readonly #plan: Interruption | undefined

  constructor(actors: readonly Actor[], plan: Interruption | undefined) {
    this.#actors = new Map(actors.map(actor => [actor.name, actor]))
    this.#plan = plan
    for (const { name } of actors) this.moments.set(name, [])
    getEventLoop().instrument = {
      parks: task => this.#note('parks', task),
      wakes: task => this.#note('wakes', task),
      done: task => this.#note('done', task),
    }
  }

  #note(kind: Kind, task: unknown): void {
    const actor = this.#actors.get((task as Task<unknown>).name)
    // Parts of an async function have its name, and are no tasks of their own.
    if (actor === undefined || (kind === 'done' && actor.task === task)) return
    const moments = this.moments.get(actor.name) as Kind[]
    moments.push(kind)
    const plan = this.#plan
    if (plan === undefined || plan.victim !== actor.name) return
    const isIt = kind === kindOf[plan.when] && count(moments, kind) === plan.at
    const isAnother = plan.when === 'again' && this.strikes > 0 && this.strikes < 3
    if (!isIt && !isAnother) return
    this.strikes += 1
    strike(actor, kind, plan.means)
    if (plan.when === 'twice') strike(actor, kind, plan.means)
  }
}

/**
 * A waking is told of before its step is queued: what is queued here comes before that step, and after the waker's. So
 * does a deadline, which is queued when it is set.
 */
function strike(actor: Actor, kind: Kind, means: Means): void {
  const interrupt = (): void => actor.interrupt()
  if (kind === 'wakes' && means !== 'timeout') getEventLoop().callSoon(interrupt)
  // An async function parks in the middle of its own call: it stands in the wait when that is over.
  else if (kind === 'parks' && actor.color === 'async') queueMicrotask(interrupt)
  else interrupt()
}

/** Runs a scenario once, interrupted or not. */
async function perform(
  make: () => Scenario,
  color: Color,
  means: Means,
  plan?: Interruption,
): Promise<{ moments: Moments; strikes: number }> {
  return await run(
    function* () {
      const scenario = make()
      const actors = Object.keys(scenario.tasks).map(name => new Actor(name, color, means))
      const watch = new Watch(actors, plan)
      for (const actor of actors) actor.begin(scenario.tasks[actor.name] as (me: Actor) => Steps)
      const tasks = actors.map(actor => actor.task)
      const { pending } = yield* wait(tasks, { timeoutMs: LATE })
      if (pending.size > 0) {
        scenario.atRest?.()
        expect(scenario.end, `waiting for ever: ${[...pending]}`).toBeDefined()
        yield* (scenario as Required<Scenario>).end()
        yield* wait(tasks)
      }
      for (const actor of actors) expectEnd(actor, plan, color === 'async' || scenario.mayBeLate === true)
      yield* scenario.check(plan?.victim)
      return watch
    },
    { clock: 'virtual' },
  )
}

/** Whoever was interrupted ends with that, and all others well. */
function expectEnd(actor: Actor, plan: Interruption | undefined, mayBeLate: boolean): void {
  const { name, task, isCancelled } = actor
  const isVictim = name === plan?.victim
  if (isCancelled) expect(String(task)).toContain('cancelled')
  else if (!isVictim || (mayBeLate && task.exception() === undefined))
    expect(task.exception(), name).toBeUndefined()
  else if (plan.means === 'signal') expect(task.exception()).toBe(stopped)
  else expect(task.exception()).toBeInstanceOf(TimeoutError)
}

/** How often each task parks when nobody is interrupted, and how many runs there were with an interruption in them. */
interface Rehearsed {
  readonly parks: Record<string, number>
  readonly runs: number
}

/** Runs a scenario without an interruption, then with each there is; throws at the first after which it is not whole. */
async function interruptEverywhere(make: () => Scenario, color: Color): Promise<Rehearsed> {
  const parks: Record<string, number> = {}
  let runs = 0
  for (const [means, ways] of Object.entries(waysOf) as [Means, readonly When[]][]) {
    const { moments } = await perform(make, color, means)
    for (const [victim, kinds] of moments) {
      if (means === 'cancel') parks[victim] = count(kinds, 'parks')
      for (const when of ways) {
        for (let at = 1; at <= count(kinds, kindOf[when]); at += 1)
          runs += await performWith(make, color, { victim, means, when, at })
      }
    }
  }
  return { parks, runs }
}

/** How many runs were interrupted, one or none: async functions may take turns in another order the next time. */
async function performWith(make: () => Scenario, color: Color, plan: Interruption): Promise<number> {
  try {
    const { strikes } = await perform(make, color, plan.means, plan)
    return strikes > 0 ? 1 : 0
  } catch (error) {
    const where = `${color}: ${plan.means} of ${plan.victim}, ${plan.when}, the ${plan.at}th time`
    throw new Error(`${where}: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}

function count(kinds: readonly Kind[], kind: Kind): number {
  return kinds.filter(one => one === kind).length
}

/** For each time a generator parks: four kinds of cancels, two of limits, two of signals. */
const RUNS_FOR_EACH_PARK = 8

/**
 * Tests a scenario in both colors, interrupted everywhere.
 *
 * @param parks how often each of its tasks parks when nobody is interrupted: written down, so that a harness that
 * interrupts too little fails
 */
export function interrupted(promise: string, make: () => Scenario, parks: Record<string, number>): void {
  const inGenerators = RUNS_FOR_EACH_PARK * Object.values(parks).reduce((sum, many) => sum + many, 0)
  test(`${promise}, whichever generator task is interrupted wherever it waits`, async () => {
    expect(await interruptEverywhere(make, 'generator')).toEqual({ parks, runs: inGenerators })
  })
  interruptedAsync(promise, make, inGenerators / 2)
}

/** The same in async functions alone: about as many runs, since they may take turns in another order the next time. */
export function interruptedAsync(promise: string, make: () => Scenario, atLeast: number): void {
  test(`${promise}, whichever async function is interrupted wherever it waits`, async () => {
    const { runs } = await interruptEverywhere(make, 'async')
    expect(runs).toBeGreaterThanOrEqual(atLeast)
  })
}
