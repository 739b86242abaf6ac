/**
 * A million switches: ten async functions that do nothing but give way to each other, a hundred thousand times each.
 *
 * With --measure it prints how many a second: plait run examples/tutorial/million-switches-async.ts --measure
 */
import { gather, sleep } from 'plait'

const FUNCTIONS = 10
const ROUNDS = 100_000

let switches = 0
let byTurns = true

async function runner(place: number) {
  for (let round = 0; round < ROUNDS; round += 1) {
    if (switches % FUNCTIONS !== place) byTurns = false
    switches += 1
    await sleep(0)
  }
}

export default async function main(...args: string[]) {
  const start = performance.now()
  await gather(...Array.from({ length: FUNCTIONS }, (_, place) => () => runner(place)))
  const tookMs = performance.now() - start
  console.log(`${FUNCTIONS} async functions, ${switches} switches, ${byTurns ? 'strictly' : 'not'} by turns`)
  if (!args.includes('--measure')) return
  console.log(`${Math.round(switches / (tookMs / 1000)).toLocaleString('en')} switches a second`)
}
