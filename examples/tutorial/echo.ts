/**
 * An echo: a generator that gives back whatever it is sent.
 *
 * It starts at its top, not at a `yield`, so there is nothing yet that could take a value: the first send must be
 * empty, which is what `next()` is. (A value there would be lost. Plait throws an error instead; see states.ts.)
 */
import { coroutine } from 'plait'

const echo = coroutine(function* echo(n: number): Generator<number, never, number> {
  while (true) n = yield n
})

export default function* main() {
  const voice = echo(1)
  console.log(voice.next().value)
  console.log(voice.send(5).value)
  console.log(voice.send(100).value)
  voice.close()
}
