import { misuse } from '../errors/misuse-scopes.ts'

/** What a stack leaves at its end, last in first out. Closed once there is nothing left to take. */
export class ExitList<E> {
  readonly #name: string
  #exits: E[] = []
  #isOpen = true

  constructor(name: string) {
    this.#name = name
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  checkOpen(): void {
    if (!this.#isOpen) throw misuse('stackClosed', this.#name)
  }

  add(exit: E): void {
    this.checkOpen()
    this.#exits.push(exit)
  }

  take(): E | undefined {
    const exit = this.#exits.pop()
    if (exit === undefined) this.#isOpen = false
    return exit
  }

  moveTo(other: ExitList<E>): void {
    other.#exits = this.#exits
    this.#exits = []
  }
}
