/**
 * Three greenlets of gevent that never wait: none of them lets another run before it is through. Run with
 * `plait run --colorless`.
 */
import * as gevent from 'plait/gevent'

function f(n: number) {
  for (let i = 0; i < n; i += 1) console.log(`${gevent.getcurrent()} ${i}`)
}

const g1 = gevent.spawn(f, 5)
const g2 = gevent.spawn(f, 5)
const g3 = gevent.spawn(f, 5)
g1.join()
g2.join()
g3.join()
