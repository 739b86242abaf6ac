/**
 * A dispatcher made by hand, importing nothing: what an event loop is, in a page.
 *
 * A routine that has to wait yields the time it wants to be woken after. The dispatcher keeps those who sleep, and
 * steps the one who is to be woken first. The clock is simulated: it jumps to that time, and a program that takes
 * three seconds is over at once.
 */
type Routine = Generator<number, void, void>

class Dispatcher {
  now = 0
  readonly #sleeping: { readonly routine: Routine; readonly wakeAt: number }[] = []

  start(routine: Routine) {
    this.#sleeping.push({ routine, wakeAt: this.now })
  }

  /** Steps routines until none is left. */
  run() {
    for (let next = this.#first(); next !== undefined; next = this.#first()) {
      const { routine, wakeAt } = next
      this.now = Math.max(this.now, wakeAt) // late, if somebody held everybody up
      const step = routine.next()
      if (!step.done) this.#sleeping.push({ routine, wakeAt: this.now + step.value })
    }
  }

  /** Takes out the one to be woken first; of two, the one who has slept longer. */
  #first() {
    this.#sleeping.sort((a, b) => a.wakeAt - b.wakeAt)
    return this.#sleeping.shift()
  }
}

let dispatcher = new Dispatcher()

/** Sleeps by yielding: the others run meanwhile. */
function* sleep(seconds: number): Routine {
  yield seconds
}

/** Sleeps without yielding: time passes, and nobody else gets to run. */
function* block(seconds: number): Routine {
  dispatcher.now += seconds
}

function* threeNaps(rest: typeof sleep): Routine {
  log('three naps: start')
  yield* rest(1)
  yield* rest(1)
  yield* rest(1)
  log('three naps: end')
}

function* oneLongNap(rest: typeof sleep): Routine {
  log('one long nap: start')
  yield* rest(3)
  log('one long nap: end')
}

function log(text: string) {
  console.log(`  ${dispatcher.now} s  ${text}`)
}

function runBoth(title: string, rest: typeof sleep) {
  console.log(`${title}:`)
  dispatcher = new Dispatcher()
  dispatcher.start(threeNaps(rest))
  dispatcher.start(oneLongNap(rest))
  dispatcher.run()
  console.log(`  total: ${dispatcher.now} s`)
}

export default function* main() {
  runBoth('Sleeping', sleep)
  runBoth('Blocking', block)
}
