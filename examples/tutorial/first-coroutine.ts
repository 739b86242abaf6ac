/**
 * A first coroutine, run to its end by hand.
 *
 * `yield name` does two things: it gives the name to whoever called `next`, and it becomes, in the coroutine, the
 * value that `send` brings. A coroutine that reaches its end says so: where Python raises StopIteration, the step
 * it took is `{ done: true, value }`, and the value is what it returned.
 */
import { coroutine } from 'plait'

const greeter = coroutine(function* greeter(name: string): Generator<string, string, number> {
  console.log(`${name} has started`)
  const number = yield name
  console.log(`${name} was sent ${number}`)
  return 'goodbye'
})

export default function* main() {
  const anna = greeter('Anna') // nothing is printed: it has not started
  const first = anna.next()
  console.log(`next gave ${first.value}, done: ${first.done}`)
  const last = anna.send(6)
  console.log(`send gave ${last.value}, done: ${last.done}`)
}
