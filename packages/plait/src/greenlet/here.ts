import { type Surroundings, world } from '../coroutine/surroundings.ts'
import type { Strand } from '../coroutine/wait.ts'
import type { GreenletNode } from './node.ts'

/*
 * Which greenlet of a task is the current one. Most tasks have but their main greenlet, which is made when somebody asks;
 * those that switch do so many times in a row, so the last one is kept at hand.
 */

/** Makes a main greenlet; the greenlets put themselves here. */
export const mains: { make: (strand: Strand | undefined, context: Surroundings) => GreenletNode } = {
  make: () => {
    throw new Error('the greenlets are not loaded: import "plait/greenlet"')
  },
}

interface Place {
  readonly main: GreenletNode
  current: GreenletNode
}

const places = new WeakMap<Strand, Place>()
const last: { strand: Strand | undefined; place: Place | undefined } = { strand: undefined, place: undefined }
let outside: GreenletNode | undefined

function placeOf(strand: Strand): Place {
  if (last.strand === strand) return last.place as Place
  let place = places.get(strand)
  if (place === undefined) {
    const main = mains.make(strand, world._context)
    place = { main, current: main }
    places.set(strand, place)
  }
  last.strand = strand
  last.place = place
  return place
}

/** The greenlet that a task is in. */
export function currentOf(strand: Strand): GreenletNode {
  return placeOf(strand).current
}

export function setCurrent(strand: Strand, greenlet: GreenletNode): void {
  placeOf(strand).current = greenlet
}

/** The greenlet that a task began in. */
export function mainOf(strand: Strand): GreenletNode {
  return placeOf(strand).main
}

/** What there is outside of any task: nothing can be switched to it. */
export function mainOutside(): GreenletNode {
  outside ??= mains.make(undefined, world._context)
  return outside
}
