/**
 * Two routines, 1 2 3 and x y z, in plain functions: control leaves each of them in its middle, at a `sleep(0)`, even from
 * inside a call. Run with `plait run --colorless`.
 */
import { createTask, gather } from 'plait'
import { sleep, until } from 'plait/greenlet'

function show(...values: unknown[]) {
  for (const value of values) console.log(value)
  sleep(0) // the other one's turn: whoever called is left where it stands, too
}

function numbers() {
  show(1, 2)
  show(3)
}

function letters() {
  show('x', 'y')
  show('z')
}

export default function main() {
  until(gather(createTask(numbers), createTask(letters)))
}
