import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { limits, type Program, type Run, type Side } from './program.ts'

type Child = ChildProcessByStdio<Writable, Readable, Readable>

const patienceMs = 120_000
const patienceForOneMs = 20_000

/** A process that is asked in lines of JSON: programs to run, and what they did. */
class Lines {
  readonly #child: Child
  readonly #lines: Interface
  readonly #answers: AsyncIterator<string>
  #complaint = ''

  constructor(child: Child) {
    this.#child = child
    this.#lines = createInterface({ input: child.stdout })
    this.#answers = this.#lines[Symbol.asyncIterator]()
    child.stderr.setEncoding('utf8')
    child.stderr.on('data', (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-4000)
    })
    child.stdin.on('error', () => {})
  }

  /** Undefined if there is no answer in time, or if the process ends. */
  async ask(programs: readonly Program[], limitMs: number): Promise<readonly Run[] | undefined> {
    this.#child.stdin.write(`${JSON.stringify({ programs, limits })}\n`)
    return (await this.#next(limitMs)) as readonly Run[] | undefined
  }

  /** The first line says that it is ready. */
  async isReady(): Promise<boolean> {
    return (await this.#next(patienceMs)) !== undefined
  }

  async #next(limitMs: number): Promise<unknown> {
    const late = Promise.withResolvers<undefined>()
    const timer = setTimeout(late.resolve, limitMs)
    const answer = await Promise.race([this.#answers.next(), late.promise])
    clearTimeout(timer)
    return answer === undefined || answer.done === true ? undefined : JSON.parse(answer.value)
  }

  /** What it said before it went. */
  async complaint(): Promise<string> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) return 'it hangs'
    return this.#complaint.trim().split('\n').slice(-3).join(' / ') || `exit ${this.#child.exitCode}`
  }

  stop(): void {
    this.#child.kill('SIGKILL')
    this.#lines.close()
  }
}

/** Runs programs in a process that is started when it is needed, and again after one that it did not survive. */
class LineSide implements Side {
  readonly #name: string
  readonly #start: () => Child
  #lines: Lines | undefined

  constructor(name: string, start: () => Child) {
    this.#name = name
    this.#start = start
  }

  async run(programs: readonly Program[]): Promise<readonly Run[]> {
    const lines = await this.#ready()
    const runs = await lines.ask(programs, programs.length === 1 ? patienceForOneMs : patienceMs)
    if (runs !== undefined) return runs
    await once(process, 'nothing', { signal: AbortSignal.timeout(50) }).catch(() => {})
    const complaint = await lines.complaint()
    this.stop()
    // Its trace says what became of it, so that it differs from the other side's.
    if (programs.length === 1) return [{ trace: [[0, this.#name, 'breaks', complaint]] }]
    const each: Run[] = []
    for (const program of programs) each.push(...(await this.run([program])))
    return each
  }

  async #ready(): Promise<Lines> {
    if (this.#lines !== undefined) return this.#lines
    const lines = new Lines(this.#start())
    if (!(await lines.isReady())) {
      const complaint = await lines.complaint()
      lines.stop()
      throw new Error(`${this.#name} did not start: ${complaint}`)
    }
    this.#lines = lines
    return lines
  }

  stop(): void {
    this.#lines?.stop()
    this.#lines = undefined
  }
}

export function lineSide(name: string, start: () => Child): Side {
  return new LineSide(name, start)
}
