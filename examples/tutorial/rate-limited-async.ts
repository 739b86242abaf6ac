/**
 * A client of a service that allows four requests in a second, in async functions. The cities are not known at once but
 * come one by one, and so do the answers, in the same order. What is not asked for yet is not drawn from the source.
 */
import { getEventLoop, mapConcurrent, RateLimiter, seconds, sleep } from 'plait'
import { runVirtual } from 'plait/testing'

function tell(line: string) {
  console.log(`${String(getEventLoop().time()).padStart(5)} ms  ${line}`)
}

async function* cities() {
  for (const city of ['Oslo', 'Lima', 'Cork', 'Nara', 'Bern', 'Graz', 'Pisa', 'Riga', 'Suva', 'Kiel']) {
    await sleep(10)
    yield city
  }
}

/** The service looks long for cities that come late in the alphabet. */
async function ask(city: string) {
  tell(`ask for ${city}`)
  await sleep(20 * (city.charCodeAt(0) - 64))
  return city.toUpperCase()
}

/** Three at a time, and never more than four in any second. */
async function polite() {
  const limiter = new RateLimiter({ limit: 4, intervalMs: seconds(1) })
  const askInTurn = async (city: string) => {
    await limiter.acquire()
    return await ask(city)
  }
  for await (const answer of mapConcurrent(cities(), askInTurn, { concurrency: 3 })) tell(answer)
}

export default async function main() {
  await runVirtual(polite)
}
