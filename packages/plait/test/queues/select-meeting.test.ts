import { describe, expect, test } from 'vitest'
import { Channel, createTask, Event, Lock, Queue, Semaphore, select, sleep } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

describe('selects that meet', () => {
  test('one that sends and one that receives find each other, whoever comes first', async () => {
    await runVirtual(function* () {
      for (const senderFirst of [true, false]) {
        const channel = new Channel<number>()
        const never = new Event()
        const send = () => createTask(select({ send: channel.send(5), never: never.wait() }))
        const receive = () => createTask(select({ receive: channel.receive(), never: never.wait() }))
        const [sender, receiver] = senderFirst ? [send(), receive()] : [receive(), send()].reverse()
        expect(yield* sender as ReturnType<typeof send>).toEqual({ kind: 'send', value: undefined })
        expect(yield* receiver as ReturnType<typeof receive>).toEqual({
          kind: 'receive',
          value: { kind: 'item', item: 5 },
        })
        expect(channel.statistics()).toMatchObject({ size: 0, senders: [], receivers: [] })
      }
    })
  })

  test('each that offers on one channel and listens on another does one of the two, once', async () => {
    await runVirtual(function* () {
      const there = new Channel<string>()
      const back = new Channel<string>()
      const a = createTask(select({ out: there.send('from a'), into: back.receive() }))
      const b = createTask(select({ out: back.send('from b'), into: there.receive() }))
      const kinds = [(yield* a).kind, (yield* b).kind]
      expect(kinds.sort()).toEqual(['into', 'out'])
      for (const channel of [there, back])
        expect(channel.statistics()).toMatchObject({ size: 0, senders: [], receivers: [] })
    })
  })

  test('one on both ends of a channel does not serve itself', async () => {
    await runVirtual(function* () {
      const channel = new Channel<number>()
      const choosing = createTask(select({ send: channel.send(1), receive: channel.receive() }))
      yield* sleep(1)
      expect(choosing.done()).toBe(false)
      expect(yield* channel.receive()).toEqual({ kind: 'item', item: 1 })
      expect((yield* choosing).kind).toBe('send')
    })
  })

  test('one twice in the line of a queue takes one item', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>()
      const choosing = createTask(select({ one: queue.get(), other: queue.get() }))
      yield* sleep(1)
      queue.putNowait(1)
      queue.putNowait(2)
      expect((yield* choosing).value).toBe(1)
      expect(queue.size).toBe(1)
    })
  })

  test('one that is woken and finds that somebody was quicker waits on, in all its lines', async () => {
    await runVirtual(function* () {
      const one = new Queue<string>()
      const other = new Queue<string>()
      const choosing = createTask(select({ one: one.get(), other: other.get() }))
      yield* sleep(1)
      one.putNowait('taken')
      expect(one.getNowait()).toBe('taken')
      yield* sleep(1)
      expect(choosing.done()).toBe(false)
      other.putNowait('its')
      expect(yield* choosing).toEqual({ kind: 'other', value: 'its' })
    })
  })

  test('one whose turn came in two lines passes the other on', async () => {
    await runVirtual(function* () {
      const lock = new Lock()
      const semaphore = new Semaphore(1)
      const held = yield* lock.acquire()
      const permit = yield* semaphore.acquire()
      const choosing = createTask(select({ lock: lock.acquire(), permit: semaphore.acquire() }))
      yield* sleep(1)
      const behind = [createTask(lock.acquire()), createTask(semaphore.acquire())]
      yield* sleep(1)
      held[Symbol.dispose]()
      permit[Symbol.dispose]()
      const next = yield* choosing
      expect(next.kind).toBe('lock')
      yield* behind[1] as (typeof behind)[number]
      expect(behind[0]?.done()).toBe(false)
      next.value[Symbol.dispose]()
      yield* behind[0] as (typeof behind)[number]
    })
  })
})
