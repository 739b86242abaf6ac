/**
 * The dining philosophers. Five sit round a table; between two neighbours lies one fork, and to eat takes two.
 *
 * If all of them take their left fork first, each holds one and waits for the next: for ever. The runtime notices, and
 * says who waits for whom. Two cures: to take forks in the order of their numbers, so that no circle can close; or to
 * let only four sit down at a time.
 */
import { DeadlockError, Lock, type Operation, Semaphore, sleep, taskGroup } from 'plait'
import { runVirtual } from 'plait/testing'

const NAMES = ['Thales', 'Zeno', 'Hypatia', 'Plato', 'Diotima']

interface Place {
  readonly name: string
  readonly left: Lock
  readonly right: Lock
}

/** Five places and five forks, in a ring: the last one's right fork is the first one's left. */
function layTable(): Place[] {
  const first = new Lock({ name: 'fork 1' })
  let left = first
  return NAMES.map((name, i) => {
    const right = i + 1 < NAMES.length ? new Lock({ name: `fork ${i + 2}` }) : first
    const place = { name, left, right }
    left = right
    return place
  })
}

function* eat(name: string, first: Lock, second: Lock) {
  using _first = yield* first.acquire()
  yield* sleep(1) // reaches across the table
  using _second = yield* second.acquire()
  yield* sleep(100)
  console.log(`  ${name} has eaten`)
}

/** A dinner is over when all have eaten. */
function* dinner(philosopher: (place: Place) => Operation<void>) {
  yield* taskGroup(function* (group) {
    for (const place of layTable()) group.createTask(philosopher(place), { name: place.name })
  })
}

function leftForkFirst({ name, left, right }: Place) {
  return eat(name, left, right)
}

function lowerForkFirst({ name, left, right }: Place) {
  return right.name === 'fork 1' ? eat(name, right, left) : eat(name, left, right)
}

const seats = new Semaphore(NAMES.length - 1)

function* withASeat({ name, left, right }: Place) {
  yield* seats.hold(eat(name, left, right))
}

export default async function main() {
  console.log('left fork first:')
  try {
    await runVirtual(dinner(leftForkFirst))
  } catch (error) {
    if (!(error instanceof DeadlockError)) throw error
    console.log(error.message.replaceAll(/\n +at .*/g, '')) // without the places in this file, to be short
  }
  console.log('lower fork first:')
  await runVirtual(dinner(lowerForkFirst))
  console.log('four seats:')
  await runVirtual(dinner(withASeat))
}
