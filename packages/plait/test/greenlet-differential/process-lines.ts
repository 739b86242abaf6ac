import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A process that is asked in lines and answers each with a line. */
export class LineProcess {
  readonly #command: readonly [string, ...string[]]
  #child: ChildProcess | undefined
  #answers: AsyncIterator<string> | undefined
  #complaints = ''

  constructor(command: readonly [string, ...string[]]) {
    this.#command = command
  }

  /** Its answer; undefined if there is none in time. Whoever is silent, or breaks, is started again for the next question. */
  async ask(question: string, limitMs: number): Promise<string | undefined> {
    const child = this.#started()
    child.stdin?.write(`${question}\n`)
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, limitMs)
    const answer = await this.#answers?.next()
    clearTimeout(timer)
    if (answer?.done === false) return answer.value
    this.#child = undefined
    if (isLate) return undefined
    throw new Error(`${this.#command.join(' ')} ended:\n${this.#complaints}`)
  }

  end(): void {
    this.#child?.stdin?.end()
    this.#child = undefined
  }

  #started(): ChildProcess {
    if (this.#child !== undefined) return this.#child
    const [command, ...args] = this.#command
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] })
    this.#complaints = ''
    child.on('error', error => {
      this.#complaints += String(error)
    })
    child.stdin?.on('error', () => {})
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaints += text
    })
    this.#answers = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]()
    this.#child = child
    return child
  }
}
