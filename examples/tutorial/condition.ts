/**
 * A condition: friends share a purse. Each waits until it holds enough for them, which is a different amount for each;
 * whoever puts something in tells all of them to look again.
 *
 * A condition has a lock, and whoever opens the purse holds it: `waitFor` gives it back only while it waits.
 */
import { Condition, gather, getEventLoop, type Operation, sleep } from 'plait'
import { runVirtual } from 'plait/testing'

let coins = 0
const purse = new Condition(undefined, { name: 'purse' })

function tell(line: string) {
  console.log(`${String(getEventLoop().time()).padStart(4)} ms  ${line}, ${coins} in the purse`)
}

function* spend(name: string, price: number): Operation<void> {
  yield* purse.hold(function* () {
    yield* purse.waitFor(() => coins >= price)
    coins -= price
    tell(`${name} spends ${price}`)
  })
}

function* earn(name: string, wages: readonly number[]): Operation<void> {
  for (const wage of wages) {
    yield* sleep(100)
    yield* purse.hold(function* () {
      coins += wage
      tell(`${name} earns ${wage}`)
      purse.notifyAll()
    })
  }
}

function* week() {
  yield* gather(spend('Uma', 20), spend('Leo', 5), earn('Max', [3, 4, 9, 15]))
}

export default async function main() {
  await runVirtual(week)
}
