import { type Gate, LATER, type Place } from './place.ts'
import type { Task } from './task.ts'
import { LongLine, WaitingLine } from './waiting-line.ts'

/** A gate with one line before it, where nothing needs to be passed on: what most of them share. */
export abstract class LineGate<T, L extends WaitingLine = WaitingLine> implements Gate<T> {
  /** @internal */ readonly _name: string
  /** @internal */ readonly _line: L

  /** @param line one that several gates share; else a line of its own */
  constructor(name: string, line: L = new WaitingLine() as L) {
    this._name = name
    this._line = line
  }

  /** @internal */
  abstract _attempt(place: Place<T>): T | typeof LATER
  /** @internal What one gets who was woken and is out of the line. */
  abstract _pass(place: Place<T>): T | typeof LATER
  /** @internal */
  abstract _describe(): string

  /** @internal */
  _join(place: Place<T>): void {
    this._line.append(place)
  }

  /** @internal */
  _claim(place: Place<T>): T | typeof LATER {
    this._line.remove(place)
    return this._pass(place)
  }

  /** @internal */
  _leave(place: Place<T>, _wasWoken: boolean): boolean {
    this._line.remove(place)
    return true
  }

  /** @internal */
  _holders(): readonly Task<unknown>[] {
    return []
  }
}

/** A gate where one who was woken looks again, and the turn of one who goes without is for the next. */
export abstract class LookAgainGate<T> extends LineGate<T> {
  /** @internal Whether there is something for one more in line. */
  abstract _hasTurn(): boolean

  /** @internal Somebody may have been quicker: then this one waits again. */
  override _pass(place: Place<T>): T | typeof LATER {
    try {
      return this._attempt(place)
    } catch (error) {
      this._passOn()
      throw error
    }
  }

  /** @internal */
  override _leave(place: Place<T>, wasWoken: boolean): boolean {
    this._line.remove(place)
    if (wasWoken) this._passOn()
    return true
  }

  /** @internal */
  _passOn(): void {
    if (this._hasTurn()) this._line.releaseNext()
  }
}

/** A line that nobody passes unwoken. */
export class Parking extends LineGate<true, LongLine> {
  readonly #describe: () => string

  constructor(name: string, describe: () => string) {
    super(name, new LongLine())
    this.#describe = describe
  }

  override _attempt(): typeof LATER {
    return LATER
  }

  override _pass(): true {
    return true
  }

  override _describe(): string {
    return this.#describe()
  }
}
