import type { Session } from 'node:inspector'
import type { MessagePort } from 'node:worker_threads'

/** Where in the shared memory what stands. */
export const STEP = 0
export const REPORTED = 1
export const MAX_BLOCKING_TIME = 2
export const PRINTS = 3
export const SHARED_LENGTH = 4

/** What the watching thread is given. */
export interface WatcherData {
  /** The number of the step under way, which is odd while a greenlet runs, and the other numbers named above. */
  readonly shared: Int32Array
  /** Takes a report for those who are told of it when the greenlet has let go. */
  readonly port: MessagePort
  /**
   * An expression that says, in the watched thread, what it does: an `Answer`, as JSON. The engine lets the main thread alone
   * be asked, where it gives nothing if another is watched.
   */
  readonly question: string
}

/** What the watched thread says of itself in the midst of what it does. */
export interface Answer {
  readonly step: number
  readonly greenlet: string
  readonly stack: readonly string[]
}

/** What a greenlet that does not let go is told of. */
export interface Report {
  readonly step: number
  readonly lines: readonly string[]
}

/**
 * What the watching thread runs. It is handed over as its text, so it can use nothing of this file: wherever a bundler may have put
 * that, the thread loads no file, and nothing of the program.
 */
function watch(): void {
  const [STEP, REPORTED, MAX_BLOCKING_TIME, PRINTS] = [0, 1, 2, 3] as const
  const [SHORTEST_MS, PATIENCE_MS, STDERR] = [5, 250, 2] as const
  const { writeSync } = process.getBuiltinModule('node:fs')
  const { workerData } = process.getBuiltinModule('node:worker_threads')
  const { shared, port, question } = workerData as WatcherData
  let seen = 0
  let since = performance.now()

  look()

  function look(): void {
    const now = performance.now()
    const step = Atomics.load(shared, STEP)
    const longest = Atomics.load(shared, MAX_BLOCKING_TIME)
    if (step !== seen) {
      seen = step
      since = now
    }
    const isBlocked = step % 2 !== 0 && now - since >= longest
    if (isBlocked && Atomics.load(shared, REPORTED) !== step) {
      ask(answer => {
        // It may have let go in the meantime: then whoever is told afterwards knows more.
        if (Atomics.load(shared, STEP) === step) report(step, answer?.step === step ? answer : undefined)
        look()
      })
    } else setTimeout(look, Math.max(SHORTEST_MS, longest / 2))
  }

  function report(step: number, answer: Answer | undefined): void {
    const time = `for ${Math.floor(performance.now() - since)} ms and longer`
    const lines =
      answer === undefined
        ? [
            `plait: a greenlet keeps its loop from running, ${time}: inside a function that cannot be looked into`,
          ]
        : [`plait: ${answer.greenlet} keeps its loop from running, ${time}, and is here:`, ...answer.stack]
    port.postMessage({ step, lines } satisfies Report)
    Atomics.store(shared, REPORTED, step)
    if (Atomics.load(shared, PRINTS) === 0) return
    try {
      // The process's own stream would wait for the very thread that is blocked.
      writeSync(STDERR, `${lines.join('\n')}\n`)
    } catch {} // A pipe that is full, or closed: it is told when the greenlet has let go.
  }

  /** Asks the watched thread what it does; nothing comes of it while that is inside a function of Node.js. */
  function ask(answered: (answer: Answer | undefined) => void): void {
    let session: Session | undefined
    let isOver = false
    const end = (answer?: Answer): void => {
      if (isOver) return
      isOver = true
      session?.disconnect()
      answered(answer)
    }
    setTimeout(end, PATIENCE_MS)
    try {
      const { Session } = process.getBuiltinModule('node:inspector')
      session = new Session()
      session.connectToMainThread()
      const params = { expression: question, returnByValue: true }
      session.post('Runtime.evaluate', params, (_error, reply) => {
        const text = (reply as { result?: { value?: unknown } } | undefined)?.result?.value
        end(typeof text === 'string' && text !== '' ? (JSON.parse(text) as Answer) : undefined)
      })
    } catch {} // An engine without an inspector: nobody can be asked.
  }
}

/** The program of the watching thread. Whoever bundles may have each function keep its name by a call of `__name`. */
export const watcherSource: string = `const __name = fn => fn;(${watch})()`
