/**
 * The dining philosophers, as async functions. That each holds one fork and waits for the next is found out here too.
 */
import { DeadlockError, Lock, Semaphore, sleep, taskGroup } from 'plait'
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

async function eat(name: string, first: Lock, second: Lock) {
  using _first = await first.acquire()
  await sleep(1) // reaches across the table
  using _second = await second.acquire()
  await sleep(100)
  console.log(`  ${name} has eaten`)
}

/** A dinner is over when all have eaten. */
async function dinner(philosopher: (place: Place) => PromiseLike<void>) {
  await taskGroup(async group => {
    for (const place of layTable()) group.createTask(() => philosopher(place), { name: place.name })
  })
}

function leftForkFirst({ name, left, right }: Place) {
  return eat(name, left, right)
}

function lowerForkFirst({ name, left, right }: Place) {
  return right.name === 'fork 1' ? eat(name, right, left) : eat(name, left, right)
}

const seats = new Semaphore(NAMES.length - 1)

function withASeat({ name, left, right }: Place) {
  return seats.hold(() => eat(name, left, right))
}

export default async function main() {
  console.log('left fork first:')
  try {
    await runVirtual(() => dinner(leftForkFirst))
  } catch (error) {
    if (!(error instanceof DeadlockError)) throw error
    console.log(error.message)
  }
  console.log('lower fork first:')
  await runVirtual(() => dinner(lowerForkFirst))
  console.log('four seats:')
  await runVirtual(() => dinner(withASeat))
}
