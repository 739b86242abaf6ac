import { expect, test } from 'vitest'
import type { Hub } from '../../src/gevent/hub.ts'
import { takeIdent } from '../../src/gevent/idents.ts'
import { collectUntil } from '../collect-garbage.ts'

const kept: object[] = []

function take(hub: Hub): number {
  const owner = {}
  kept.push(owner)
  return takeIdent(hub, owner)
}

test('each hub has numbers of its own, from 0 on', () => {
  const [one, other] = [{}, {}] as [Hub, Hub]
  expect([take(one), take(one), take(other), take(one)]).toEqual([0, 1, 0, 2])
})

test('numbers of objects that nobody knows any more are taken again, the smallest first', async () => {
  const hub = {} as Hub
  take(hub)
  for (let i = 0; i < 2; i += 1) takeIdent(hub, {})
  let last = 0
  const isReused = (): boolean => {
    last = take(hub)
    return last < 3
  }
  expect(await collectUntil(isReused)).toBe(true)
  expect([last, take(hub)]).toEqual([1, 2])
})
