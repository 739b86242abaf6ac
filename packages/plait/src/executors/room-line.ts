import { LookAgainGate } from '../tasks/line-gate.ts'
import { LATER, type Place } from '../tasks/place.ts'

/** Those who wait for room, first come first: what is promised to one who was woken is no room for anybody else. */
export class RoomLine extends LookAgainGate<undefined> {
  /** How many were woken, and have not taken their room yet. */
  promised = 0
  readonly #hasRoom: () => boolean
  readonly #describe: () => string

  constructor(hasRoom: () => boolean, describe: () => string) {
    super('room in an executor')
    this.#hasRoom = hasRoom
    this.#describe = describe
  }

  /** Has as many come as there is room for. */
  serve(): void {
    while (this._line.size > 0 && this.#hasRoom() && this._line.releaseNext()) this.promised += 1
  }

  /** Has everybody look again. */
  wakeAll(): void {
    while (this._line.releaseNext()) this.promised += 1
  }

  override _attempt(): undefined | typeof LATER {
    return this.#hasRoom() ? undefined : LATER
  }

  override _pass(): undefined | typeof LATER {
    this.promised -= 1
    return this._attempt()
  }

  override _leave(place: Place<undefined>, wasWoken: boolean): boolean {
    this._line.remove(place)
    if (wasWoken) {
      this.promised -= 1
      this.serve()
    }
    return true
  }

  override _hasTurn(): boolean {
    return true
  }

  override _describe(): string {
    return this.#describe()
  }
}
