/**
 * A running average, with delegation.
 *
 * `averager` yields the average so far and, told that its group is over, returns a summary. `survey` delegates to
 * one averager after another: `yield*` passes whatever is sent straight through to the averager, passes whatever it
 * yields straight out, and itself becomes what the averager returned.
 */
import { coroutine, primed } from 'plait'

interface Summary {
  readonly count: number
  readonly average: number
}

type Average = number | undefined // undefined as long as there is nothing to average
type Reading = number | undefined // undefined says that the group is over

const averager = coroutine(function* averager(): Generator<Average, Summary, Reading> {
  let sum = 0
  let count = 0
  while (true) {
    const reading = yield count === 0 ? undefined : sum / count
    if (reading === undefined) return { count, average: sum / count }
    sum += reading
    count += 1
  }
})

const survey = primed(function* survey(groups: Iterable<string>): Generator<Average, void, Reading> {
  for (const group of groups) {
    const { count, average } = yield* averager()
    console.log(`${count} ${group}: ${average.toFixed(2)} m on average`)
  }
})

const heights = new Map([
  ['oaks', [21, 25, 32]],
  ['birches', [18, 16, 20, 15]],
  ['hazels', [4.5, 5.5]],
])

export default function* main() {
  const surveyor = survey(heights.keys())
  for (const readings of heights.values()) {
    for (const height of readings) {
      const { value: average } = surveyor.send(height)
      console.log(`  ${height} m, average so far ${average?.toFixed(2)} m`)
    }
    surveyor.send(undefined)
  }
}
