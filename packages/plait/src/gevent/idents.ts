import type { Hub } from './hub.ts'

/*
 * Small numbers, each of which belongs to one object of a hub for as long as anybody knows that object, also when what it
 * does has ended: whoever looks at several that are over can still tell them apart.
 */
class Idents {
  readonly #free: number[] = []
  readonly #forgotten = new FinalizationRegistry<number>(ident => {
    this.#free.push(ident)
    this.#isSorted = false
  })
  #isSorted = true
  #size = 0

  take(owner: object): number {
    // Objects are forgotten many at a time, so that this is rare.
    if (!this.#isSorted) this.#free.sort((a, b) => b - a)
    this.#isSorted = true
    const ident = this.#free.pop() ?? this.#size++
    this.#forgotten.register(owner, ident)
    return ident
  }
}

const byHub = new WeakMap<Hub, Idents>()

/** The smallest number that belongs to no other object: it belongs to this one from now on. */
export function takeIdent(hub: Hub, owner: object): number {
  let idents = byHub.get(hub)
  if (idents === undefined) {
    idents = new Idents()
    byHub.set(hub, idents)
  }
  return idents.take(owner)
}
