/** What was taken of something: disposing gives it back, once. */
export class Held implements Disposable {
  #owner: { release(): unknown } | undefined

  constructor(owner: { release(): unknown }) {
    this.#owner = owner
  }

  [Symbol.dispose](): void {
    const owner = this.#owner
    this.#owner = undefined
    owner?.release()
  }
}
