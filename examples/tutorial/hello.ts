/**
 * Hello, coroutine. Calling it prints nothing: it makes a coroutine object, and a coroutine object does nothing
 * until a loop runs it. A task is a coroutine on its way through a loop, and knows how far it has come.
 *
 * Programs seldom need a loop of their own: `plait run` and `run(main)` bring one. It is made here to be looked at.
 */
import { coroutine, EventLoop, sleep } from 'plait'

const hello = coroutine(function* hello(name: string) {
  console.log('Hello,')
  yield* sleep(1)
  console.log(`${name}!`)
  return 'greeted'
})

export default async function main() {
  const greeting = hello('world')
  console.log(String(greeting))

  const loop = new EventLoop()
  const task = loop.createTask(greeting)
  console.log(String(task))

  await loop.runUntilComplete(task)
  console.log(String(task))
  console.log(String(greeting))
  loop.close()
}
