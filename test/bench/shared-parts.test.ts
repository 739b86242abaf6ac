import { expect, test } from 'vitest'
import { ItemRing, Line, Sleeper } from '../../bench/fifo.ts'
import { JOB, type RawReply, type RawRequest } from '../../bench/offload/jobs/raw.ts'
import { Parcel } from '../../bench/offload/parcel.ts'
import { RawPool, type RawWorker } from '../../bench/offload/raw-pool.ts'
import { current, drain, ready, type Steps } from '../../bench/strands.ts'
import { Turns } from '../../bench/turns.ts'

test('a ring gives its items in the order they came, however often it goes round', () => {
  const ring = new ItemRing(3)
  const given: number[] = []
  for (let item = 0; item < 10; item++) {
    if (ring.isFull) given.push(ring.take())
    ring.put(item)
  }
  expect(ring.size).toBe(3)
  while (ring.size > 0) given.push(ring.take())
  expect(given).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('a line is first in, first out, and whoever has left it may stand in it again', () => {
  const woken: string[] = []
  const [ann, bob] = ['ann', 'bob'].map(name => new Sleeper(() => woken.push(name))) as [Sleeper, Sleeper]
  const line = new Line<Sleeper>()
  line.push(ann)
  line.push(bob)
  line.shift()?.wake()
  line.push(ann)
  line.shift()?.wake()
  line.shift()?.wake()
  expect(line.shift()).toBeUndefined()
  expect(woken).toEqual(['ann', 'bob', 'ann'])
})

test('strands take turns: a yield gives way to the others, and waits where the strand is not ready', () => {
  const seen: string[] = []
  let parked: typeof current | undefined
  function* waits(): Steps {
    parked = current
    yield
    seen.push('woken')
  }
  function* wakes(): Steps {
    for (let i = 0; i < 2; i++) {
      seen.push(`turn ${i}`)
      ready.push(current)
      yield
    }
    if (parked !== undefined) ready.push(parked)
    seen.push('wakes')
  }
  drain([waits(), wakes()])
  expect(seen).toEqual(['turn 0', 'turn 1', 'wakes', 'woken'])
})

test('a lock that two tasks hold at once ends the side that has it', () => {
  const turns = new Turns()
  turns.begin()
  turns.end()
  turns.begin()
  expect(() => turns.begin()).toThrow('the number of holders is 2, not 1')
})

test('a parcel that comes back with any byte changed ends the side, at the latest when it is looked at', () => {
  const parcel = new Parcel()
  for (let trip = 0; trip < 300; trip++) parcel.receive(parcel.send().slice())
  parcel.check()
  const earlier = parcel.send().slice()
  parcel.receive(earlier)
  parcel.send()
  expect(() => parcel.receive(earlier.with(0, 0))).toThrow('the first byte')
  expect(() => parcel.receive(earlier.subarray(1))).toThrow('the number of bytes')
  const harmed = parcel.send().slice()
  harmed[1234] = (harmed[1234] as number) ^ 1
  parcel.receive(harmed)
  expect(() => parcel.check()).toThrow('the order of the bytes')
})

test('a pool by hand gives each job to the worker with the least to do, and each reply to who asked', async () => {
  const posted: [worker: string, argument: unknown][] = []
  const reply = new Map<string, (reply: RawReply) => void>()
  const worker = (name: string): RawWorker => ({
    post: ([, , argument]: RawRequest) => posted.push([name, argument]),
    onReply: listener => reply.set(name, listener),
    end: () => {},
  })
  const pool = new RawPool([worker('ann'), worker('bob')])
  const results = ['a', 'b', 'c'].map(argument => pool.submit(JOB.echo, argument))
  reply.get('ann')?.([3, 'C'])
  reply.get('ann')?.([1, 'A'])
  pool.submit(JOB.echo, 'd')
  reply.get('bob')?.([2, 'B'])
  expect(posted).toEqual([
    ['ann', 'a'],
    ['bob', 'b'],
    ['ann', 'c'],
    ['ann', 'd'],
  ])
  expect(await Promise.all(results)).toEqual(['A', 'B', 'C'])
})
