import { expect, test } from 'vitest'
import { Channel, createTask, Event, Queue, Semaphore, select, sleep } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

const ROUNDS = 10_000

/** So often is one of `n` chosen, give or take five sigma: by chance alone, once in two million. */
function expectEven(counts: readonly number[], rounds = ROUNDS): void {
  const even = rounds / counts.length
  const sigma = Math.sqrt(even * (1 - 1 / counts.length))
  for (const count of counts) expect(Math.abs(count - even)).toBeLessThan(5 * sigma)
}

/** How often each of `n` ready cases is chosen. */
async function choices(n: number, rounds: number): Promise<{ counts: number[]; order: string }> {
  const counts = new Array<number>(n).fill(0)
  let order = ''
  await runVirtual(function* () {
    const ready = new Event()
    ready.set()
    for (let round = 0; round < rounds; round += 1) {
      const cases = Object.fromEntries(counts.map((_, i) => [`case${i}`, ready.wait()]))
      const { kind } = yield* select(cases)
      const at = Number(kind.slice(4))
      counts[at] = (counts[at] as number) + 1
      order += at
    }
  })
  return { counts, order }
}

test.each([2, 3, 4, 7])('of %i that are ready each is chosen as often as the others', async n => {
  expectEven((await choices(n, ROUNDS)).counts)
})

test('the choices are the same from run to run, and differ from round to round', async () => {
  const [one, other] = [await choices(3, 200), await choices(3, 200)]
  expect(one.order).toBe(other.order)
  expect(new Set(one.order.match(/.{4}/g)).size).toBeGreaterThan(20)
})

test('every kind of case has its chance: items, room, senders, receivers, permits, tasks', async () => {
  const counts = new Map<string, number>()
  await runVirtual(function* () {
    const items = new Queue<number>()
    const room = new Queue<number>()
    const inbox = new Channel<number>({ capacity: ROUNDS })
    const outbox = new Channel<number>({ capacity: ROUNDS })
    const permits = new Semaphore(ROUNDS)
    const done = createTask(sleep(0))
    yield* sleep(1)
    for (let n = 0; n < ROUNDS; n += 1) {
      items.putNowait(n)
      inbox.trySend(n)
    }
    for (let n = 0; n < ROUNDS; n += 1) {
      const { kind } = yield* select({
        get: items.get(),
        put: room.put(n),
        receive: inbox.receive(),
        send: outbox.send(n),
        permit: permits.acquire(),
        done,
      })
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
    }
  })
  expect(counts.size).toBe(6)
  expectEven([...counts.values()])
})

test('two selects that go on asking share what comes', async () => {
  const got = [0, 0]
  await runVirtual(function* () {
    const queue = new Queue<number>({ maxSize: 1 })
    const stop = new Event()
    for (const who of [0, 1]) {
      createTask(function* () {
        while ((yield* select({ get: queue.get(), stop: stop.wait() })).kind === 'get')
          got[who] = (got[who] as number) + 1
      })
    }
    for (let n = 0; n < 1000; n += 1) {
      yield* queue.put(n)
      yield
    }
    stop.set()
    yield* sleep(1)
  })
  expect((got[0] as number) + (got[1] as number)).toBe(1000)
  for (const many of got) expect(many).toBeGreaterThan(300)
})
