/**
 * Hello, async function. Calling one starts it at once, so a task is given the function, not its call: then the
 * loop begins it, and it belongs to the task, which can be named, cancelled and looked at.
 */
import { EventLoop, sleep } from 'plait'

async function hello(name: string) {
  console.log('Hello,')
  await sleep(1)
  console.log(`${name}!`)
  return 'greeted'
}

export default async function main() {
  const loop = new EventLoop()
  const task = loop.createTask(() => hello('world'))
  console.log(String(task))

  await loop.runUntilComplete(task)
  console.log(String(task))
  loop.close()
}
