/**
 * The three greenlets of three-greenlets-plain.ts, with a `sleep(0)` in their loop: whoever sleeps lets the others run,
 * so that they go by turns. Run with `plait run --colorless`.
 */
import * as gevent from 'plait/gevent'

function f(n: number) {
  for (let i = 0; i < n; i += 1) {
    console.log(`${gevent.getcurrent()} ${i}`)
    gevent.sleep(0)
  }
}

const g1 = gevent.spawn(f, 5)
const g2 = gevent.spawn(f, 5)
const g3 = gevent.spawn(f, 5)
g1.join()
g2.join()
g3.join()
