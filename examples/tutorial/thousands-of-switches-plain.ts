/**
 * The three greenlets of three-greenlets-by-turns-plain.ts, with half a million switches among them: the process still has
 * the threads it had before. Run with `plait run --colorless`.
 */
import * as fs from 'node:fs'
import * as gevent from 'plait/gevent'

let switches = 0
const counts = [countThreads()]

/** Linux lists the threads of a process; elsewhere their number is not known. */
function countThreads() {
  return fs.existsSync('/proc/self/task') ? fs.readdirSync('/proc/self/task').length : undefined
}

function f(n: number) {
  for (let i = 0; i < n; i += 1) {
    gevent.sleep(0)
    switches += 1
    if (switches % 100_000 === 0) counts.push(countThreads())
  }
}

const g1 = gevent.spawn(f, 100_000)
const g2 = gevent.spawn(f, 200_000)
const g3 = gevent.spawn(f, 200_000)
gevent.joinall([g1, g2, g3])

const [before, ...since] = counts
console.log(`${switches} switches`)
if (before === undefined) console.log('threads: not known on this system')
else console.log(`threads: ${since.every(count => count === before) ? 'unchanged' : counts.join(', then ')}`)
