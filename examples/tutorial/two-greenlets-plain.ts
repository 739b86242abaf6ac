/**
 * Two greenlets that switch by hand, in the midst of plain functions: each is left where it stands, and goes on from
 * there. When the first has ended, its parent goes on, which is the main greenlet, the top level of this file. Run with
 * `plait run --colorless`.
 */
import { Greenlet } from 'plait/greenlet'

function test1() {
  console.log(12)
  gr2.switch()
  console.log(34)
}

function test2() {
  console.log(56)
  gr1.switch()
  console.log(78)
}

const gr1 = new Greenlet(test1)
const gr2 = new Greenlet(test2)
gr1.switch()

console.log(gr1.dead, gr2.dead) // the second stands in its middle, and would stand there for good
gr2.switch()
console.log(gr1.dead, gr2.dead)
