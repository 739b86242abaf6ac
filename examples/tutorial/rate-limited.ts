/**
 * A client of a service that allows four requests in a second, and no more.
 *
 * There are two limits, and they are not the same. `mapConcurrent` says how many requests are under way at once: here
 * three, so that a slow answer holds up one of them only. The RateLimiter says how often one may begin.
 */
import { getEventLoop, mapConcurrent, type Operation, RateLimiter, seconds, sleep } from 'plait'
import { runVirtual } from 'plait/testing'

const CITIES = ['Oslo', 'Lima', 'Cork', 'Nara', 'Bern', 'Graz', 'Pisa', 'Riga', 'Suva', 'Kiel']

function tell(line: string) {
  console.log(`${String(getEventLoop().time()).padStart(5)} ms  ${line}`)
}

/** The service looks long for cities that come late in the alphabet. */
function* ask(city: string): Operation<string> {
  tell(`ask for ${city}`)
  yield* sleep(20 * (city.charCodeAt(0) - 64))
  return city.toUpperCase()
}

/** Three at a time, as fast as they go. */
function* hurried() {
  const answers = yield* mapConcurrent(CITIES, ask, { concurrency: 3 }).toArray()
  tell(answers.join(' ')) // in the order of the list, whichever came first
}

/** Three at a time, and never more than four in any second. */
function* polite() {
  const limiter = new RateLimiter({ limit: 4, intervalMs: seconds(1) })
  const askInTurn = function* (city: string) {
    yield* limiter.acquire()
    return yield* ask(city)
  }
  const answers = yield* mapConcurrent(CITIES, askInTurn, { concurrency: 3 }).toArray()
  tell(answers.join(' '))
}

/** A burst of one: not four and then none, but one every 250 ms. */
function* even() {
  const limiter = new RateLimiter({ limit: 4, intervalMs: seconds(1), burst: 1 })
  for (const city of CITIES.slice(0, 4)) {
    yield* limiter.acquire()
    tell(yield* ask(city))
  }
}

export default async function main() {
  console.log('three at a time:')
  await runVirtual(hurried)
  console.log('three at a time, four in a second:')
  await runVirtual(polite)
  console.log('evenly:')
  await runVirtual(even)
}
