/**
 * Two routines, 1 2 3 and x y z, as async functions: here the loop steps them, each in its turn.
 *
 * `await sleep(0)` waits for no time at all. It gives way: whoever is ready runs first.
 */
import { gather, sleep } from 'plait'

async function numbers() {
  console.log(1)
  console.log(2)
  await sleep(0)
  console.log(3)
}

async function letters() {
  console.log('x')
  console.log('y')
  await sleep(0)
  console.log('z')
}

export default async function main() {
  await gather(numbers, letters)
}
