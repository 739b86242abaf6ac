import { createTask, gather, type Operation, sleep } from 'plait'
import { runVirtual } from 'plait/testing'
import { expect, test } from 'vitest'
import { Frontier } from '../../examples/crawl/frontier.ts'

const NO_LIMITS = { maxPages: Infinity, maxDepth: Infinity }

/** Takes leads until there are none, and says how many it took. */
function* work(frontier: Frontier, reach: (url: string) => Operation<void>): Operation<number> {
  for (let taken = 0; ; taken += 1) {
    const lead = yield* frontier.take()
    if (lead === undefined) return taken
    yield* reach(lead.url)
    frontier.done()
  }
}

test('workers wait for what others may still find, and all go home when nothing is left', async () => {
  const taken = await runVirtual(function* () {
    const frontier = new Frontier(NO_LIMITS)
    frontier.add({ url: 'start', depth: 0 })
    function* reach(url: string): Operation<void> {
      yield* sleep(10)
      if (url === 'start') for (const one of ['a', 'b', 'c', 'a']) frontier.add({ url: one, depth: 1 })
    }
    const workers = Array.from({ length: 5 }, () => work(frontier, reach))
    return yield* gather(...workers)
  })
  expect(taken.reduce((sum, n) => sum + n, 0)).toBe(4)
})

test('leads are taken in the order they were found', async () => {
  const order: string[] = []
  await runVirtual(function* () {
    const frontier = new Frontier(NO_LIMITS)
    for (const url of ['a', 'b', 'c']) frontier.add({ url, depth: 0 })
    yield* work(frontier, function* (url) {
      order.push(url)
    })
  })
  expect(order).toEqual(['a', 'b', 'c'])
})

test('a worker cancelled just as it was woken passes the news on', async () => {
  await runVirtual(function* () {
    const frontier = new Frontier(NO_LIMITS)
    frontier.add({ url: 'start', depth: 0 })
    yield* frontier.take()
    const [first, second] = [createTask(frontier.take()), createTask(frontier.take())]
    yield* sleep(1)
    frontier.add({ url: 'news', depth: 1 })
    first.cancel()
    expect(yield* second).toEqual({ url: 'news', depth: 1 })
    expect(first.cancelled()).toBe(true)
  })
})

test('what is too deep or one too many is left out, and counted once', () => {
  const frontier = new Frontier({ maxPages: 2, maxDepth: 1 })
  for (const [url, depth] of [
    ['a', 0],
    ['deep', 2],
    ['deep', 2],
    ['a', 0],
    ['b', 1],
    ['c', 1],
  ] as const)
    frontier.add({ url, depth })
  expect([frontier.found, frontier.leftOut]).toEqual([2, 2])
})
