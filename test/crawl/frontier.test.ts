import { runVirtual } from 'plait/testing'
import { expect, test } from 'vitest'
import { Frontier } from '../../examples/crawl/frontier.ts'

const NO_LIMITS = { maxPages: Infinity, maxDepth: Infinity }

test('leads come in the order they were found, each once, and end when none can be found any more', async () => {
  const links: Record<string, string[]> = { start: ['a', 'b', 'a'], a: ['c', 'start'], b: ['c'], c: [] }
  const frontier = new Frontier(NO_LIMITS)
  const order: string[] = []
  await runVirtual(function* () {
    frontier.add({ url: 'start', depth: 0 })
    yield* frontier.leads.forEach(function* ({ url, depth }) {
      order.push(url)
      for (const link of links[url] ?? []) frontier.add({ url: link, depth: depth + 1 })
      frontier.done()
    })
  })
  expect(order).toEqual(['start', 'a', 'b', 'c'])
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
