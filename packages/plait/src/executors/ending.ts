import type { End } from './transport.ts'

/** The end of a worker: told once, to all who ask before or after. */
export class Ending {
  #end: End | undefined
  readonly #listeners: ((end: End) => void)[] = []

  onEnd(ended: (end: End) => void): void {
    if (this.#end === undefined) this.#listeners.push(ended)
    else ended(this.#end)
  }

  tell(end: End): void {
    if (this.#end !== undefined) return
    this.#end = end
    for (const ended of this.#listeners) ended(end)
  }
}
