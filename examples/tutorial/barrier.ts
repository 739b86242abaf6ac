/**
 * A barrier: three hikers walk at their own pace and meet at each hut. Nobody goes on before all have come. The number
 * that `wait` gives is one's place in the order of coming: the first of them puts the kettle on.
 */
import { Barrier, gather, getEventLoop, minutes, type Operation, sleep } from 'plait'
import { runVirtual } from 'plait/testing'

function tell(line: string) {
  console.log(`${String(getEventLoop().time() / minutes(1)).padStart(4)} min  ${line}`)
}

function* hike(name: string, legs: readonly number[], meeting: Barrier): Operation<void> {
  for (const leg of legs) {
    yield* sleep(minutes(leg))
    tell(`${name} arrives`)
    const place = yield* meeting.wait()
    if (place === 0) tell(`all are there, and ${name} has made tea`)
  }
}

function* outing() {
  const meeting = new Barrier(3)
  yield* gather(
    hike('Ida', [40, 20, 35], meeting),
    hike('Jon', [25, 45, 30], meeting),
    hike('Kim', [30, 35, 15], meeting),
  )
}

export default async function main() {
  await runVirtual(outing)
}
