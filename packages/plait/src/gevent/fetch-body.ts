import { nativeStack } from '../coroutine/native-stack.ts'
import type { Waiting } from '../coroutine/wait.ts'
import { plainMethods } from '../greenlet/plain-method.ts'
import { refuse } from '../greenlet/plain-wait.ts'
import { fetching } from './fetch-waiting.ts'

type Piece = Uint8Array<ArrayBuffer>

/** The pieces of a body, as they come: an iterator whose `next` waits. */
export class PlainBody implements IterableIterator<Piece> {
  readonly #reader: ReadableStreamDefaultReader<Piece> | undefined
  readonly #url: string

  /** @throws TypeError if somebody reads the body, or has */
  constructor(response: Response) {
    if (response.bodyUsed) throw new TypeError('Body is unusable: Body has already been read')
    this.#reader = response.body?.getReader() as ReadableStreamDefaultReader<Piece> | undefined
    this.#url = response.url
  }

  [Symbol.iterator](): this {
    return this
  }

  next(): IteratorResult<Piece, undefined> {
    return refuse('PlainResponse.next', this.next, nativeStack.noSuspend > 0)
  }

  /** @internal */
  *_next(): Waiting<IteratorResult<Piece, undefined>> {
    const reader = this.#reader
    if (reader === undefined) return END
    const { done, value } = yield* fetching(reader.read(), `a piece of ${this.#url}`, () => this.#giveUp())
    return done || value === undefined ? END : { done: false, value }
  }

  /** The loop was left: the rest is not loaded. */
  return(): IteratorResult<Piece, undefined> {
    this.#giveUp()
    return END
  }

  #giveUp(): void {
    this.#reader?.cancel().catch(() => {})
  }
}

const END: IteratorReturnResult<undefined> = Object.freeze({ done: true, value: undefined })

plainMethods(PlainBody.prototype, ['next'])
