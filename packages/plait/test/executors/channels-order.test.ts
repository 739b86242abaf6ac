import { expect, test } from 'vitest'
import { Channel, createTask, isCancelled, sleep } from '../../src/index.ts'
import { upTo, waitersAt } from './channel-pools.ts'
import { LinkedPorts } from './linked-ports.ts'

test('a receive that is left before it waits, as by a cancel while it lets the host in, takes nobody else’s item', async () => {
  using ports = new LinkedPorts()
  const channel = new Channel<number>()
  const far = ports.handOver(channel)
  const other = createTask(far.receive())
  await waitersAt(channel, 'receivers', 1)
  far.receive()[Symbol.iterator]().return?.()
  // What was told of the one that was left is heard before this.
  await ports.handOver(new Channel<void>({ capacity: 1 })).send()
  await channel.send(1)
  expect(await other).toEqual({ kind: 'item', item: 1 })
})

test('a sender that is cancelled when word has come that its item was received, and before it has run, has sent it', async () => {
  using ports = new LinkedPorts()
  const channel = new Channel<number>()
  const far = ports.handOver(channel)
  const log: string[] = []
  const sender = createTask(function* () {
    yield* far.send(1)
    log.push('sent')
    yield* sleep(60_000)
  })
  ports.there.link.heard = () => sender.cancel()
  expect(await channel.receive()).toEqual({ kind: 'item', item: 1 })
  await expect(sender).rejects.toSatisfy(isCancelled)
  expect(log).toEqual(['sent'])
})

test('one receiver takes all in order, though it gives up and asks again faster than items come', async () => {
  using ports = new LinkedPorts()
  const channel = new Channel<number>({ capacity: 50 })
  const far = ports.handOver(channel)
  for (const n of upTo(50)) channel.trySend(n)
  channel.close()
  const received: number[] = []
  // Asks, gives up and asks again before anybody can have answered; and gives up what has come and was not seen yet.
  for (let round = 0; ; round += 1) {
    const receiver = createTask(far.receive())
    for (let turn = 0; turn < round % 4; turn += 1) await sleep(0)
    if (round % 3 !== 0) receiver.cancel()
    const next = await receiver.then(
      next => next,
      () => undefined,
    )
    if (next?.kind === 'closed') break
    if (next?.kind === 'item') received.push(next.item)
  }
  expect(received).toEqual(upTo(50))
  expect(channel.size).toBe(0)
})
