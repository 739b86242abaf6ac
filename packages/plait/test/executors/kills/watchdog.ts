import { threadId } from 'node:worker_threads'
import { remote } from '../../../src/executors.ts'

/** How a thread can die by its own hand. */
export const deaths = ['exits', 'throws', 'rejects', 'runs out of memory'] as const
export type Death = (typeof deaths)[number]

/*
 * Memory that every worker shares with the program: how many there have been, and for each its thread, and by which death
 * it is to die.
 */
const COUNT = 0
const MOST = 4000
const cellOf = (nth: number): number => 1 + nth * 2

export function watchdogMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer((1 + MOST * 2) * 4)
}

/** Has a thread die, as soon as it lets its timers run; false if it is not known. */
export function strike(memory: SharedArrayBuffer, thread: number, death: Death): boolean {
  const cells = new Int32Array(memory)
  for (let nth = Atomics.load(cells, COUNT) - 1; nth >= 0; nth -= 1) {
    if (Atomics.load(cells, cellOf(nth)) !== thread) continue
    Atomics.store(cells, cellOf(nth) + 1, deaths.indexOf(death) + 1)
    return true
  }
  return false
}

/** What each worker does before its first job: it looks every millisecond whether its time has come. */
export const watch = remote(import.meta.url, function watch(memory: SharedArrayBuffer): void {
  const cells = new Int32Array(memory)
  const cell = cellOf(Atomics.add(cells, COUNT, 1))
  Atomics.store(cells, cell, threadId)
  const timer = setInterval(() => {
    const death = deaths[Atomics.exchange(cells, cell + 1, 0) - 1]
    if (death !== undefined) die(death)
  }, 1)
  timer.unref()
})

function die(death: Death): void {
  switch (death) {
    case 'exits':
      process.exit(7)
      break
    case 'throws':
      throw new Error('thrown by the watchdog')
    case 'rejects':
      void Promise.reject(new Error('rejected by the watchdog'))
      break
    case 'runs out of memory':
      for (let kept: object = {}; ; ) kept = { kept }
  }
}
