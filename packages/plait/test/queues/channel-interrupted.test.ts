import { expect } from 'vitest'
import { Channel, ChannelClosedError, select, until } from '../../src/index.ts'
import { type Actor, interrupted, interruptedAsync, type Scenario, type Steps } from '../sync/interrupted.ts'

/** How whoever receives does so: each item is noted as soon as it is there. */
type Take = (channel: Channel<number>, me: Actor, note: (item: number) => void) => Steps

function* one(channel: Channel<number>, me: Actor, note: (item: number) => void): Steps {
  for (;;) {
    const next = yield* me.wait(options => channel.receive(options))
    if (next.kind === 'closed') return
    note(next.item)
    yield* me.sleep(1)
  }
}

const byNext: Take = function* (channel, me, note) {
  for (;;) {
    const next = yield* me.wait(options => channel.next(options))
    if (next.done) return
    note(next.value)
  }
}

const forEach: Take = (channel, me, note) =>
  me.waitFor(() =>
    channel.forEach(
      me.body(function* (item: number) {
        note(item)
        yield* me.sleep(1)
      }),
    ),
  )

const forAwait: Take = (channel, me, note) =>
  me.waitFor(() =>
    until(async () => {
      for await (const item of channel) note(item)
    }),
  )

/** Two who send three each and two who take; the last to end of those who send closes the channel. */
function street(capacity: number, take: Take): () => Scenario {
  return () => {
    const channel = new Channel<number>({ capacity })
    const sent: number[] = []
    const received: { by: string; item: number }[] = []
    let sending = 2
    function* sender(me: Actor, first: number): Steps {
      try {
        for (const item of [first, first + 1, first + 2]) {
          yield* me.wait(options => channel.send(item, options))
          sent.push(item)
        }
      } finally {
        sending -= 1
        if (sending === 0) channel.close()
      }
    }
    const taker = (me: Actor): Steps => take(channel, me, item => void received.push({ by: me.name, item }))
    return {
      mayBeLate: true,
      tasks: {
        p: me => sender(me, 10),
        r: taker,
        q: me => sender(me, 20),
        s: taker,
      },
      *check() {
        // Whoever is told that a channel is closed has left nothing in it, and nothing comes back from one interrupted.
        expect(channel.statistics()).toMatchObject({ size: 0, senders: [], receivers: [] })
        expect(received.map(({ item }) => item).sort()).toEqual([...sent].sort())
        // To each receiver, what one sender sent comes in the order sent.
        for (const by of ['r', 's']) {
          const items = received.filter(one => one.by === by).map(({ item }) => item)
          for (const sender of [1, 2]) {
            const its = items.filter(item => Math.floor(item / 10) === sender)
            expect(its).toEqual([...its].sort())
          }
        }
      },
    }
  }
}

/** Closed with an error, by one who may be interrupted, while one waits to send and two to receive. */
function accident(): Scenario {
  const channel = new Channel<number>({ capacity: 1 })
  const broken = new Error('broken')
  const sent: number[] = []
  const received: number[] = []
  const ends: unknown[] = []
  return {
    mayBeLate: true,
    tasks: {
      *sender(me) {
        try {
          for (let item = 1; ; item += 1) {
            yield* me.wait(options => channel.send(item, options))
            sent.push(item)
          }
        } catch (error) {
          if (!(error instanceof ChannelClosedError)) throw error
        }
      },
      *receiver(me) {
        try {
          yield* one(channel, me, item => void received.push(item))
        } catch (error) {
          if (error !== broken) throw error
          ends.push(me.name)
        }
      },
      *closer(me) {
        try {
          yield* me.sleep(2.5)
        } finally {
          channel.close(broken)
        }
      },
    },
    *check(victim) {
      while (channel.size > 0) {
        const next = yield* select({ next: channel.receive(), default: null })
        if (next.kind === 'next' && next.value.kind === 'item') received.push(next.value.item)
      }
      expect(received).toEqual(sent)
      expect(channel.statistics()).toMatchObject({ size: 0, senders: [], receivers: [] })
      if (victim !== 'receiver') expect(ends).toEqual(['receiver'])
    },
  }
}

interrupted('a rendezvous channel loses and doubles nothing', street(0, one), { p: 3, r: 3, q: 3, s: 3 })
interrupted('a rendezvous channel taken by next() loses and doubles nothing', street(0, byNext), {
  p: 2,
  r: 2,
  q: 1,
  s: 2,
})
interrupted('a channel with room loses and doubles nothing', street(2, one), { p: 1, r: 3, q: 2, s: 3 })
interrupted('a channel gone through with forEach loses and doubles nothing', street(1, forEach), {
  p: 2,
  r: 3,
  q: 3,
  s: 3,
})
interrupted('a channel closed with an error lets everybody go', accident, {
  sender: 4,
  receiver: 4,
  closer: 1,
})
interruptedAsync('a channel gone through with for await loses and doubles nothing', street(1, forAwait), 40)
