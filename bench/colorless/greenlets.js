// The greenlets of case 13: plain functions, transformed when they are loaded.
import { createTask } from 'plait'
import { sleep, until } from 'plait/greenlet'

/** Gives way so many times, so many calls down. */
export function nest(depth, turns) {
  if (depth <= 1) for (let i = 0; i < turns; i++) sleep(0)
  else nest(depth - 1, turns)
}

let begun = 0

function shallow() {
  begun += 1
  sleep(0)
}

/** How long it takes until so many greenlets are made and have begun; and how many have. */
export function starts(count, now) {
  begun = 0
  const tasks = []
  const start = now()
  for (let i = 0; i < count; i++) tasks.push(createTask(shallow))
  sleep(0)
  const took = now() - start
  const counted = begun
  for (const task of tasks) until(task)
  return { took, begun: counted }
}

/** Makes so many greenlets that sleep; hands them over once they do, and sleeps as well. */
export function parks(count, ms, handOver) {
  begun = 0
  const asleep = () => {
    begun += 1
    sleep(ms)
  }
  const tasks = []
  for (let i = 0; i < count; i++) tasks.push(createTask(asleep))
  sleep(10)
  handOver(begun, tasks)
  sleep(ms)
}
