/**
 * Two routines, 1 2 3 and x y z, on one thread: control leaves each of them in its middle and comes back later.
 *
 * A function is entered at its top and left for good. A coroutine is left at `yield`, keeps its place and its
 * variables, and goes on from there when it is stepped again.
 */
import { coroutine } from 'plait'

const numbers = coroutine(function* numbers() {
  console.log(1)
  console.log(2)
  yield
  console.log(3)
})

const letters = coroutine(function* letters() {
  console.log('x')
  console.log('y')
  yield
  console.log('z')
})

export default function* main() {
  const routines = [numbers(), letters()]
  for (const routine of routines) routine.next() // each up to its yield
  for (const routine of routines) routine.next() // each from there to its end
}
