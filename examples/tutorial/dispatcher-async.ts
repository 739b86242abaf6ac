/**
 * A dispatcher for async functions, made by hand, importing nothing.
 *
 * JavaScript steps async functions itself, whenever a promise they await is resolved. What is left to make is the
 * part that resolves them: a clock that knows who sleeps until when.
 */
class Clock {
  now = 0
  readonly #sleeping: { readonly wake: () => void; readonly wakeAt: number }[] = []

  /** Sleeps by awaiting: the others run meanwhile. */
  sleep(seconds: number) {
    return new Promise<void>(wake => this.#sleeping.push({ wake, wakeAt: this.now + seconds }))
  }

  /** Sleeps without awaiting: time passes, and nobody else gets to run. */
  block(seconds: number) {
    this.now += seconds
  }

  /** Wakes whoever is to be woken first, until nobody sleeps. */
  async run() {
    await everybodyToRest()
    for (let next = this.#first(); next !== undefined; next = this.#first()) {
      this.now = Math.max(this.now, next.wakeAt) // late, if somebody held everybody up
      next.wake()
      await everybodyToRest()
    }
  }

  /** Takes out the one to be woken first; of two, the one who has slept longer. */
  #first() {
    this.#sleeping.sort((a, b) => a.wakeAt - b.wakeAt)
    return this.#sleeping.shift()
  }
}

/** A timer's turn comes after all that promises have to do: by then, each of them sleeps or has ended. */
function everybodyToRest() {
  return new Promise<void>(resolve => setTimeout(resolve))
}

type Rest = (seconds: number) => Promise<void> | void
let clock = new Clock()

async function threeNaps(rest: Rest) {
  log('three naps: start')
  await rest(1)
  await rest(1)
  await rest(1)
  log('three naps: end')
}

async function oneLongNap(rest: Rest) {
  log('one long nap: start')
  await rest(3)
  log('one long nap: end')
}

function log(text: string) {
  console.log(`  ${clock.now} s  ${text}`)
}

async function runBoth(title: string, rest: Rest) {
  console.log(`${title}:`)
  clock = new Clock()
  const both = Promise.all([threeNaps(rest), oneLongNap(rest)])
  await clock.run()
  await both
  console.log(`  total: ${clock.now} s`)
}

export default async function main() {
  await runBoth('Sleeping', seconds => clock.sleep(seconds))
  await runBoth('Blocking', seconds => clock.block(seconds))
}
