// The greenlets of case 14: plain functions, transformed when they are loaded.
import { fetchSync, joinall, killall, sleep, spawn } from 'plait/gevent'
import { Greenlet } from 'plait/greenlet'

/** Two greenlets switch to each other, so many times in all. */
export function handOver(count) {
  const first = new Greenlet(() => {
    for (let i = 0; i < count; i += 2) second.switch()
  })
  const second = new Greenlet(() => {
    for (let i = 0; i < count; i += 2) first.switch()
  })
  first.switch()
}

const give = i => i

/** So many greenlets are made, then each is switched to and ends; gives what the last one gave. */
export function startAndEnd(count) {
  const made = Array.from({ length: count }, () => new Greenlet(give))
  let last
  for (let i = 0; i < count; i++) last = made[i].switch(i)
  return last
}

function turns(count) {
  for (let i = 0; i < count; i++) sleep(0)
}

/** Two greenlets give way to each other through the hub, so many times in all. */
export function byTurns(count) {
  joinall([spawn(turns, count / 2), spawn(turns, count / 2)])
}

/** So many greenlets are spawned and joined; gives what the last one gave. */
export function spawnAndJoin(count) {
  const made = []
  for (let i = 0; i < count; i++) made.push(spawn(give, i))
  joinall(made)
  return made.at(-1).value
}

/** So many greenlets that sleep are killed and their ends awaited; how long that took, and how many ended. */
export function kills(count, ms, now) {
  let [started, ended] = [0, 0]
  const asleep = () => {
    started += 1
    try {
      sleep(ms)
    } finally {
      ended += 1
    }
  }
  const made = Array.from({ length: count }, () => spawn(asleep))
  while (started < count) sleep(0)
  const start = now()
  killall(made)
  return { took: now() - start, ended }
}

/** A pool maps numbers by a function that gives way; gives the sum of what it gave. */
export function mapped(pool, numbers) {
  let sum = 0
  for (const value of pool.map(doubled, numbers)) sum += value
  return sum
}

function doubled(value) {
  sleep(0)
  return value * 2
}

/** So many greenlets fetch the next address each, until there are none left; gives how many bytes they got. */
export function crawl(urls, atOnce) {
  let bytes = 0
  const left = urls.values()
  const worker = () => {
    for (const url of left) {
      const page = fetchSync(url).read()
      bytes += page.byteLength
    }
  }
  joinall(Array.from({ length: atOnce }, () => spawn(worker)))
  return bytes
}
