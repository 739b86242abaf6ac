import type { Waiting } from '../coroutine/wait.ts'
import { END, methodOf, type Source, start } from '../twins/source.ts'
import { resultOf } from './called.ts'

/*
 * What a user gives to be iterated, where each step may wait: plain code that is transformed, or the results of another imap.
 */

/** Several iterables side by side: a list of one item of each, until one of them has no more. */
export class Zipped {
  readonly #sources: readonly Source[]

  private constructor(sources: readonly Source[]) {
    this.#sources = sources
  }

  static *open(iterables: readonly unknown[]): Waiting<Zipped> {
    const sources: Source[] = []
    for (const one of iterables) sources.push((yield* resultOf(start(one, methodOf(one)))) as Source)
    return new Zipped(sources)
  }

  /** The next of each; undefined where there are no more. */
  *next(): Waiting<readonly unknown[] | undefined> {
    const items: unknown[] = []
    for (const source of this.#sources) {
      const item = yield* resultOf(source.take())
      if (item === END) return undefined
      items.push(item)
    }
    return items.length === 0 ? undefined : items
  }

  /** Closes those that have more. */
  *close(): Waiting<void> {
    for (const source of this.#sources) yield* resultOf(source.close())
  }
}
