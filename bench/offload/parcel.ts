import { randomBytes } from 'node:crypto'
import { mustBe } from '../measure.ts'

const MIB = 2 ** 20

/** 1 MiB that goes to a worker and comes back, again and again: what came back is what goes next, so no trip may harm it. */
export class Parcel {
  #bytes: Uint8Array<ArrayBuffer>
  readonly #expected: Uint8Array = randomBytes(MIB)
  #trips = 0

  constructor() {
    this.#bytes = Uint8Array.from(this.#expected)
  }

  /** What to send: marked at both ends, so that the bytes of an earlier trip would not do. */
  send(): Uint8Array<ArrayBuffer> {
    this.#trips += 1
    this.#mark(this.#bytes)
    return this.#bytes
  }

  receive(bytes: Uint8Array): void {
    mustBe('what came back', bytes instanceof Uint8Array, true)
    mustBe('the number of bytes that came back', bytes.length, MIB)
    mustBe('the first byte', bytes[0], this.#trips % 256)
    mustBe('the last byte', bytes[MIB - 1], this.#trips % 256)
    this.#bytes = bytes as Uint8Array<ArrayBuffer>
  }

  /** Looks at every byte: takes longer than handing the memory over, so only once in many trips. */
  check(): void {
    this.#mark(this.#expected)
    mustBe('the order of the bytes and those expected', Buffer.compare(this.#bytes, this.#expected), 0)
  }

  #mark(bytes: Uint8Array): void {
    bytes[0] = this.#trips
    bytes[MIB - 1] = this.#trips
  }
}
