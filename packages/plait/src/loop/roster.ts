/** Whatever stands in a roster carries its own links: joining and leaving cost four writes and no memory. */
export interface Rostered {
  _previous: Rostered | undefined
  _next: Rostered | undefined
}

/** Who is alive on a loop, in the order they came: held strongly, so that nothing under way is ever collected. */
export class Roster {
  #first: Rostered | undefined
  #last: Rostered | undefined

  add(one: Rostered): void {
    const last = this.#last
    one._previous = last
    if (last === undefined) this.#first = one
    else last._next = one
    this.#last = one
  }

  remove(one: Rostered): void {
    const { _previous: previous, _next: next } = one
    if (previous === undefined) {
      if (this.#first !== one) return
      this.#first = next
    } else previous._next = next
    if (next === undefined) this.#last = previous
    else next._previous = previous
    one._previous = undefined
    one._next = undefined
  }

  *[Symbol.iterator](): Generator<Rostered, void, undefined> {
    for (let one = this.#first; one !== undefined; one = one._next) yield one
  }
}
