/**
 * The shape of a gevent program: what is spawned begins when whoever spawned it waits, and `join`, `get` and `joinall`
 * wait for its end. Run with `plait run --colorless`.
 */
import * as gevent from 'plait/gevent'

function foo() {
  console.log('foo is running')
  gevent.sleep(0)
  console.log('foo is running again')
}

function bar() {
  console.log('bar is running')
  gevent.sleep(0)
  console.log('bar is running again')
}

function work(name: string, ms: number) {
  console.log(`${name} goes to sleep for ${ms} ms, in ${gevent.getcurrent()}`)
  gevent.sleep(ms)
  console.log(`${name} is awake`)
  return name.length
}

const greenlet = gevent.spawn(foo)
console.log('spawned, and not begun')
greenlet.join()
console.log(`over: ${greenlet.ready()}`)

gevent.joinall([gevent.spawn(foo), gevent.spawn(bar)])

const one = gevent.spawn(work, 'one', 1)
console.log(`one gives ${one.get()}`)

const main = gevent.getcurrent()
const workers = [gevent.spawn(work, 'slow', 500), gevent.spawn(work, 'quick', 20)]
const ended = gevent.joinall(workers)
console.log(`in the order they ended: ${ended.map(({ value }) => value)}`)
console.log(`in the order they began: ${workers.map(({ value }) => value)}`)
console.log(`whoever spawned them goes on: ${gevent.getcurrent() === main}`)

const endless = gevent.spawn(work, 'endless', 3_600_000)
endless.join(10)
console.log(`not waited for any longer, over: ${endless.ready()}`)
endless.kill()
console.log(`killed, over: ${endless.ready()}`)
