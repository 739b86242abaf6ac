/**
 * A million switches: ten coroutines that do nothing but give way to each other, a hundred thousand times each.
 *
 * In a task a bare `yield` waits for nothing: the task goes to the end of the line, and the next one has its turn.
 *
 * With --measure it prints how many a second: plait run examples/tutorial/million-switches.ts --measure
 */
import { gather } from 'plait'

const COROUTINES = 10
const ROUNDS = 100_000

let switches = 0
let byTurns = true

function* runner(place: number) {
  for (let round = 0; round < ROUNDS; round += 1) {
    if (switches % COROUTINES !== place) byTurns = false
    switches += 1
    yield
  }
}

export default function* main(...args: string[]) {
  const start = performance.now()
  yield* gather(...Array.from({ length: COROUTINES }, (_, place) => runner(place)))
  const tookMs = performance.now() - start
  console.log(`${COROUTINES} coroutines, ${switches} switches, ${byTurns ? 'strictly' : 'not'} by turns`)
  if (!args.includes('--measure')) return
  console.log(`${Math.round(switches / (tookMs / 1000)).toLocaleString('en')} switches a second`)
}
