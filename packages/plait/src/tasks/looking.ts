import { LookAgainGate } from './line-gate.ts'
import type { LATER } from './place.ts'
import type { Task } from './task.ts'
import type { WaitingLine } from './waiting-line.ts'

/** What those who wait want to know, and what is said of it in reports. */
export interface Question<R> {
  ask(): R | typeof LATER
  describe(): string
  holders(): readonly Task<unknown>[]
}

/** Those who wait for an answer: each looks for itself when it is woken. */
export class Looking<R> extends LookAgainGate<R> {
  readonly #question: Question<R>

  constructor(name: string, question: Question<R>, line?: WaitingLine) {
    super(name, line)
    this.#question = question
  }

  override _attempt(): R | typeof LATER {
    return this.#question.ask()
  }

  override _hasTurn(): boolean {
    return true
  }

  override _describe(): string {
    return this.#question.describe()
  }

  override _holders(): readonly Task<unknown>[] {
    return this.#question.holders()
  }

  /** Has everybody look again. */
  wakeAll(): void {
    while (this._line.releaseNext());
  }
}
