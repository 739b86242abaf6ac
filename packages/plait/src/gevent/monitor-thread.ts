import type { MessagePort, Worker } from 'node:worker_threads'
import { nodeModule } from '../coroutine/node-module.ts'
import { misuse } from '../errors/misuse-gevent.ts'
import type { Task } from '../tasks/task.ts'
import { config, onSetting } from './config.ts'
import { EventLoopBlocked, notify } from './events.ts'
import type { StepWatch } from './monitor-steps.ts'
import {
  type Answer,
  MAX_BLOCKING_TIME,
  PRINTS,
  REPORTED,
  type Report,
  SHARED_LENGTH,
  STEP,
  type WatcherData,
  watcherSource,
} from './monitor-worker.ts'
import { linesOf, stackHere, suspendedLines } from './stack-lines.ts'

type Threads = typeof import('node:worker_threads')

/*
 * One thread watches all loops of this one: these count each step of a greenlet in shared memory, and a number that is odd and
 * stays is a greenlet that does not let go. What is to be printed while it does not, that thread prints by itself; the
 * subscribers are told as soon as the greenlet has let go.
 */
class ThreadWatch implements StepWatch {
  readonly #shared = new Int32Array(new SharedArrayBuffer(4 * SHARED_LENGTH))
  readonly #reports: MessagePort
  readonly #worker: Worker
  readonly #threads: Threads
  readonly #seat: symbol
  #step = 0
  #running: Task<unknown> | undefined
  #began = 0
  /** For how many hubs it watches. */
  users = 0

  constructor(threads: Threads) {
    this.#threads = threads
    this.readSettings()
    const { port1, port2 } = new threads.MessageChannel()
    this.#reports = port1
    const name = `plait.monitor.${Math.random()}`
    this.#seat = Symbol.for(name)
    Object.defineProperty(globalThis, this.#seat, { value: () => this.#answer(), configurable: true })
    const workerData: WatcherData = {
      shared: this.#shared,
      port: port2,
      question: `globalThis[Symbol.for('${name}')]?.()`,
    }
    this.#worker = new threads.Worker(watcherSource, {
      eval: true,
      name: 'plait monitor',
      workerData,
      transferList: [port2],
      // Not the flags of the program: what they would have loaded is nothing to it.
      execArgv: [],
      env: {},
    })
    this.#worker.unref()
    this.#worker.on('error', error => {
      process.emitWarning(`the monitor thread has ended: ${error}`, { type: 'MonitorWarning' })
    })
  }

  readSettings(): void {
    Atomics.store(this.#shared, MAX_BLOCKING_TIME, Math.ceil(Math.min(config.maxBlockingTime, LONGEST_MS)))
    Atomics.store(this.#shared, PRINTS, Number(config.printBlockingReports))
  }

  begins(task: Task<unknown>): void {
    this.#running = task
    this.#began = performance.now()
    this.#count(true)
  }

  ends(): void {
    const task = this.#running
    if (task === undefined) return
    const step = this.#step
    this.ignore()
    const took = performance.now() - this.#began
    const isReported = Atomics.load(this.#shared, REPORTED) === step
    if (isReported || took > config.maxBlockingTime)
      this.#hasBlocked(task, took, isReported ? step : undefined)
  }

  /** Whoever runs now may take as long as it likes, up to its next wait. */
  ignore(): void {
    this.#running = undefined
    this.#count(false)
  }

  end(): void {
    Reflect.deleteProperty(globalThis, this.#seat)
    void this.#worker.terminate()
    this.#reports.close()
  }

  /** Counts on, to an odd number where a greenlet runs. A step may have begun before it was watched. */
  #count(isOdd: boolean): void {
    const next = this.#step + 1
    this.#step = ((next & 1) === 1) === isOdd ? next : next + 1
    Atomics.store(this.#shared, STEP, this.#step)
  }

  #hasBlocked(task: Task<unknown>, took: number, step: number | undefined): void {
    const summary = `plait: ${task} has let its loop go on after ${Math.round(took)} ms`
    const lines = step === undefined ? [] : this.#linesOf(step)
    if (config.printBlockingReports) console.error(summary)
    notify(new EventLoopBlocked(task, took, [...lines, summary]))
  }

  /** What was reported of a step: the other thread has sent it before it said so. */
  #linesOf(step: number): readonly string[] {
    for (;;) {
      const received = this.#threads.receiveMessageOnPort(this.#reports) as { message: Report } | undefined
      if (received === undefined) return []
      if (received.message.step === step) return received.message.lines
    }
  }

  /** What runs here, for the other thread, which asks in the midst of it. */
  #answer(): string {
    const task = this.#running
    if (task === undefined) return ''
    const stack = [...linesOf(stackHere()), ...suspendedLines(task)]
    return JSON.stringify({ step: this.#step, greenlet: String(task), stack } satisfies Answer)
  }
}

/** What counts steps in an Int32Array of milliseconds, too. */
const LONGEST_MS = 2 ** 31 - 1

let shared: ThreadWatch | undefined

/** What watches this thread; whoever asked for it gives it back. */
export function takeThreadWatch(): ThreadWatch {
  const threads = nodeModule<Threads>('node:worker_threads')
  if (threads === undefined) throw misuse('noMonitorThread')
  shared ??= new ThreadWatch(threads)
  shared.users += 1
  return shared
}

export function giveBack(watch: ThreadWatch): void {
  watch.users -= 1
  if (watch.users > 0) return
  watch.end()
  shared = undefined
}

export type { ThreadWatch }

const readAgain = (): void => shared?.readSettings()
onSetting('maxBlockingTime', readAgain)
onSetting('printBlockingReports', readAgain)

/** A thread takes some time to begin: it does so before there are greenlets, once it was said that they are to be watched. */
let early: ThreadWatch | undefined
onSetting('monitorThread', () => {
  if (config.monitorThread) early ??= takeThreadWatch()
  else if (early !== undefined) {
    giveBack(early)
    early = undefined
  }
})
