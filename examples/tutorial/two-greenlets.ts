/**
 * Two greenlets that switch by hand, in generators: no transform is needed, and whoever switches says so with `yield*`.
 * When the first has ended, its parent goes on, which is the main greenlet of this task.
 */
import { Greenlet, switchTo } from 'plait/greenlet'

function* test1() {
  console.log(12)
  yield* switchTo(gr2)
  console.log(34)
}

function* test2() {
  console.log(56)
  yield* switchTo(gr1)
  console.log(78)
}

const gr1 = new Greenlet(test1)
const gr2 = new Greenlet(test2)

export default function* main() {
  yield* switchTo(gr1)

  console.log(gr1.dead, gr2.dead) // the second stands in its middle, and would stand there for good
  yield* switchTo(gr2)
  console.log(gr1.dead, gr2.dead)
}
