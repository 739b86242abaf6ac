import { existsSync } from 'node:fs'
import { remote, reportProgress } from '../../../src/executors.ts'
import {
  Channel,
  createTask,
  isCancelled,
  type Operation,
  type Received,
  select,
  sleep,
  type Task,
  TimeoutError,
  timeout,
  until,
} from '../../../src/index.ts'

const { url } = import.meta

/** How something ended, as it is told across threads. */
export type Ending =
  | { readonly kind: 'got'; readonly value: unknown }
  | { readonly kind: 'threw'; error: string }

function* endingOf(what: Operation<unknown>): Operation<Ending> {
  try {
    return { kind: 'got', value: yield* what }
  } catch (error) {
    return { kind: 'threw', error: `${(error as Error).name}: ${(error as Error).message}` }
  }
}

/** The error of what must fail at once. */
function refusal(what: () => unknown): string {
  try {
    what()
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
  return 'none'
}

/** Keeps the thread until there is such a file: nothing else is heard of meanwhile. */
export function spinUntil(file: string): void {
  while (!existsSync(file));
}

export const quick = remote(url, function quick(): void {})

/** Takes items until the channel is closed, or it has so many; tells of each. */
export const take = remote(url, function* take<
  T,
>(channel: Channel<T>, most = Number.POSITIVE_INFINITY): Operation<T[]> {
  const items: T[] = []
  while (items.length < most) {
    const next = yield* channel.receive()
    if (next.kind === 'closed') break
    items.push(next.item)
    reportProgress(next.item)
  }
  return items
})

/** As `take`, in the forms that a loop has. */
export const takeByLoop = remote(url, async function takeByLoop<T>(channel: Channel<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of channel) items.push(item)
  return items
})

export const takeIntoArray = remote(url, function* takeIntoArray<T>(channel: Channel<T>): Operation<T[]> {
  return yield* channel.toArray()
})

/** Takes one item, or word of the end. */
export const takeOne = remote(url, function* takeOne<T>(channel: Channel<T>): Operation<Received<T>> {
  return yield* channel.receive()
})

/** How receiving ends, so often one after the other. */
export const endsOfReceiving = remote(
  url,
  function* endsOfReceiving(channel: Pick<Channel<unknown>, 'receive'>, times: number): Operation<Ending[]> {
    const endings: Ending[] = []
    for (let n = 0; n < times; n += 1) endings.push(yield* endingOf(channel.receive()))
    return endings
  },
)

/** How one send ends. */
export const endOfSending = remote(url, function* endOfSending<
  T,
>(channel: Channel<T>, item: T): Operation<Ending> {
  return yield* endingOf(channel.send(item))
})

/** Sends the numbers from one to before the other, and tells of each when it was sent. */
export const give = remote(
  url,
  function* give(channel: Channel<number>, from: number, to: number): Operation<void> {
    for (let n = from; n < to; n += 1) {
      yield* channel.send(n)
      reportProgress(n)
    }
  },
)

/** As `give`, and closes the channel. */
export const giveAll = remote(
  url,
  function* giveAll(channel: Channel<number>, from: number, to: number): Operation<void> {
    for (let n = from; n < to; n += 1) yield* channel.send(n)
    channel.close()
  },
)

/** Receives from one, and sends to the other what is made of it. */
export const double = remote(
  url,
  function* double(from: Channel<number>, to: Channel<number>): Operation<void> {
    yield* from.forEach(function* (n) {
      yield* to.send(n * 2)
    })
    to.close()
  },
)

/** The channel in an object; what it received goes back as the result. */
export const takeFromProperty = remote(url, function* takeFromProperty<
  T,
>(work: { readonly label: string; readonly items: Channel<T> }): Operation<{ label: string; items: T[] }> {
  return { label: work.label, items: yield* work.items.toArray() }
})

/** Sends each a channel of its own, and takes what comes over it. */
export const askOver = remote(
  url,
  function* askOver(
    requests: Channel<{ question: string; reply: Channel<string> }>,
    question: string,
  ): Operation<string> {
    const reply = new Channel<string>()
    yield* requests.send({ question, reply })
    const answer = yield* reply.receive()
    return answer.kind === 'item' ? answer.item : 'nothing'
  },
)

/** Tells of a channel that it has made, and adds up what comes over it. */
export const sumOfMine = remote(url, function* sumOfMine(capacity?: number): Operation<number> {
  const mine = new Channel<number>({ capacity, name: 'mine' })
  reportProgress(mine)
  let sum = 0
  yield* mine.forEach(function* (n) {
    sum += n
  })
  return sum
})

/** Tells of a channel that it has made, sends so many over it, and waits until it is closed. */
export const feed = remote(url, function* feed(count: number, capacity?: number): Operation<void> {
  const mine = new Channel<number>({ capacity, name: 'feed' })
  reportProgress(mine)
  for (let n = 0; n < count; n += 1) yield* mine.send(n)
  mine.close()
})

/** As `feed`, when it is told to over a second one. */
export const feedWhenTold = remote(url, function* feedWhenTold(count: number): Operation<void> {
  const mine = new Channel<number>({ name: 'feed' })
  const go = new Channel<void>()
  reportProgress(mine)
  reportProgress(go)
  yield* go.receive()
  for (let n = 0; n < count; n += 1) yield* mine.send(n)
  mine.close()
})

/** Keeps a channel that it has made open until it is told to go. */
export const keepOpen = remote(url, function* keepOpen(until: Channel<void>): Operation<void> {
  const mine = new Channel<number>({ name: 'kept open' })
  reportProgress(mine)
  yield* until.receive()
})

const made: WeakRef<object>[] = []

export const makeChannel = remote(url, function makeChannel(capacity?: number): Channel<number> {
  const channel = new Channel<number>({ capacity, name: 'made' })
  made.push(new WeakRef(channel))
  return channel
})

/** How many of those it has made are still there. */
export const madeLive = remote(url, function madeLive(): number {
  return made.filter(ref => ref.deref() !== undefined).length
})

/** Leaves a task behind that sends so many, in its own time. */
export const feedAfterwards = remote(url, function feedAfterwards(count: number): Channel<number> {
  const mine = new Channel<number>({ name: 'feed' })
  createTask(function* () {
    for (let n = 0; n < count; n += 1) {
      yield* sleep(30)
      yield* mine.send(n)
    }
    mine.close()
  })
  return mine
})

export const giveBack = remote(url, function giveBack<T>(channel: Channel<T>): Channel<T> {
  return channel
})

/** Whether it is the same object each time: as an argument, as a property, and as an item. */
export const areSame = remote(url, function* areSame<
  T,
>(channel: Channel<T>, again: Channel<T>, inside: { readonly channel: Channel<T> }, items: Channel<Channel<T>>): Operation<boolean> {
  const next = yield* items.receive()
  return channel === again && inside.channel === channel && next.kind === 'item' && next.item === channel
})

/** What cannot be asked of a channel that is elsewhere. */
export const refusals = remote(url, function refusals(channel: Channel<number>): Record<string, string> {
  return {
    trySend: refusal(() => channel.trySend(1)),
    tryReceive: refusal(() => channel.tryReceive()),
    size: refusal(() => channel.size),
    statistics: refusal(() => channel.statistics()),
    text: String(channel),
    capacity: String(channel.capacity),
  }
})

export const returnNested = remote(url, function returnNested(): { deep: { inside: Channel<number> } } {
  return { deep: { inside: new Channel<number>() } }
})

/** How reporting one ends. */
export const reportNested = remote(url, function reportNested(): string {
  return refusal(() => reportProgress({ deep: { inside: new Channel<number>() } }))
})

export const sendNested = remote(url, function* sendNested(channel: Channel<unknown>): Operation<Ending> {
  return yield* endingOf(channel.send({ deep: { inside: new Channel<number>() } }))
})

function besideChannel(): { channel: Channel<number>; onDone: () => void } {
  return { channel: new Channel<number>(), onDone: () => {} }
}

export const sendBeside = remote(url, function* sendBeside(channel: Channel<unknown>): Operation<Ending> {
  return yield* endingOf(channel.send(besideChannel()))
})

export const reportBeside = remote(url, function reportBeside(): string {
  return refusal(() => reportProgress(besideChannel()))
})

export const returnBeside = remote(url, function returnBeside(): unknown {
  return besideChannel()
})

export const sendFunction = remote(url, function* sendFunction(channel: Channel<unknown>): Operation<Ending> {
  return yield* endingOf(channel.send({ onDone: () => {} }))
})

export const closeWith = remote(
  url,
  function closeWith(channel: Pick<Channel<unknown>, 'close'>, message?: string): void {
    if (message === undefined) channel.close()
    else channel.close(new RangeError(message))
  },
)

export const closeTwice = remote(url, function closeTwice(channel: Channel<number>): void {
  channel.close()
  channel.close()
})

/** Whether it is closed, before it was closed from there and after. */
export const isClosedAfter = remote(url, function isClosedAfter(channel: Channel<number>): [
  boolean,
  boolean,
] {
  const before = channel.closed
  channel.close()
  return [before, channel.closed]
})

/** Waits for an item, and is cancelled when one is on its way and cannot have been heard of. */
export const cancelledWithItemOnItsWay = remote(
  url,
  function* cancelledWithItemOnItsWay(channel: Channel<number>, file: string): Operation<string> {
    const receiver = createTask(channel.receive())
    yield* sleep(0)
    reportProgress('waits')
    spinUntil(file)
    receiver.cancel()
    return (yield* endingOf(receiver)).kind
  },
)

/** As before, with a second one waiting behind the first: the item is for that one. */
export const passedOn = remote(url, function* passedOn(channel: Channel<number>, file: string): Operation<
  [string, Received<number>]
> {
  const first = createTask(channel.receive())
  const second = createTask(channel.receive())
  yield* sleep(0)
  reportProgress('wait')
  spinUntil(file)
  first.cancel()
  return [(yield* endingOf(first)).kind, yield* second]
})

/** Woken for an item, and cancelled before it has run: the item is for the next, here or elsewhere. */
export const cancelledWhenWoken = remote(
  url,
  function* cancelledWhenWoken(channel: Channel<number>): Operation<string> {
    let receiver: Task<Received<number>> | undefined
    const canceller = createTask(function* () {
      yield* channel.receive()
      // The items for both came together, and the other one has not run yet.
      receiver?.cancel()
    })
    receiver = createTask(channel.receive())
    yield* sleep(0)
    reportProgress('wait')
    yield* canceller
    return (yield* endingOf(receiver)).kind
  },
)

/** Sends, and takes it back before it can have been received. */
export const takenBack = remote(
  url,
  function* takenBack(channel: Channel<number>, item: number): Operation<string> {
    const sender = createTask(channel.send(item))
    yield* sleep(0)
    sender.cancel('changed my mind')
    return yield* reasonOf(sender)
  },
)

function* reasonOf(task: Task<unknown>): Operation<string> {
  try {
    yield* task
    return 'was not cancelled'
  } catch (error) {
    return isCancelled(error) ? `cancelled: ${error.reason}` : String(error)
  }
}

/** Cancels a sender whose item was received meanwhile: it was sent, and the cancel is thrown at the next wait. */
export const cancelledTooLate = remote(
  url,
  function* cancelledTooLate(channel: Channel<number>, file: string): Operation<string[]> {
    const log: string[] = []
    const sender = createTask(function* () {
      yield* channel.send(1)
      log.push('sent')
      yield* sleep(60_000)
      log.push('slept')
    })
    yield* sleep(0)
    reportProgress('sends')
    spinUntil(file)
    sender.cancel('too late')
    log.push(yield* reasonOf(sender))
    return log
  },
)

/** Cancels a sender while word that the channel was closed is on its way. */
export const cancelledWhenClosed = remote(
  url,
  function* cancelledWhenClosed(channel: Channel<number>, file: string): Operation<string> {
    const sender = createTask(channel.send(1))
    yield* sleep(0)
    reportProgress('sends')
    spinUntil(file)
    sender.cancel('no more')
    return yield* reasonOf(sender)
  },
)

/** Takes from several, with little patience, until all are closed. */
export const takeFromAll = remote(
  url,
  function* takeFromAll(
    first: Channel<number>,
    second: Channel<number>,
  ): Operation<{ first: number[]; second: number[]; ticks: number }> {
    const taken = { first: [] as number[], second: [] as number[], ticks: 0 }
    let open: { first: Channel<number> | undefined; second: Channel<number> | undefined } = { first, second }
    while (open.first !== undefined || open.second !== undefined) {
      const next = yield* select({
        first: open.first?.receive(),
        second: open.second?.receive(),
        tick: sleep(taken.ticks % 2),
      })
      if (next.kind === 'tick') taken.ticks += 1
      else if (next.value.kind === 'item') taken[next.kind].push(next.value.item)
      else open = { ...open, [next.kind]: undefined }
    }
    return taken
  },
)

/** How a select ends that has a send for a case. */
export const selectASend = remote(url, function* selectASend(channel: Channel<number>): Operation<string> {
  const ending = yield* endingOf(select({ out: channel.send(1), tick: sleep(0) }))
  return ending.kind === 'threw' ? ending.error : 'no error'
})

/** Keeps the thread for ever, and tells that it is about to. */
export const spin = remote(url, function spin(): never {
  reportProgress('spins')
  for (;;);
})

/** How somebody in a random run receives: in which form, and for how long at a time before they look up. */
export interface Taking {
  readonly form: 'receive' | 'next' | 'select' | 'forEach'
  readonly patienceMs: number | undefined
}

/** What somebody in a random run has done, told as soon as it is known. */
export type Deed = { readonly sent: number } | { readonly received: number }

/** Sends numbers, one after the other, with a pause after each. */
export const sendSome = remote(
  url,
  function* sendSome(channel: Channel<number>, items: readonly number[], pauseMs: number): Operation<void> {
    yield* sending(channel, items, pauseMs, reportProgress)
  },
)

export function* sending(
  channel: Channel<number>,
  items: readonly number[],
  pauseMs: number,
  tell: (deed: Deed) => void,
): Operation<void> {
  for (const sent of items) {
    yield* channel.send(sent)
    tell({ sent })
    if (pauseMs >= 0) yield* sleep(pauseMs)
  }
}

/** Receives until the channel is closed. */
export const takeSome = remote(
  url,
  function* takeSome(channel: Channel<number>, how: Taking): Operation<void> {
    yield* taking(channel, how, reportProgress)
  },
)

export function* taking(
  channel: Channel<number>,
  { form, patienceMs }: Taking,
  tell: (deed: Deed) => void,
): Operation<void> {
  if (form === 'forEach') {
    yield* channel.forEach(function* (received) {
      tell({ received })
    })
    return
  }
  // Longer each time: whoever gives up sooner than an item can come would never have one.
  let lookUpAfterMs = patienceMs
  for (;;) {
    const wait =
      form === 'next' ? channel.next() : received(channel, form === 'select' ? lookUpAfterMs : undefined)
    try {
      const next = lookUpAfterMs === undefined ? yield* wait : yield* timeout(lookUpAfterMs, wait)
      if (next?.done === true) return
      if (next !== undefined) tell({ received: next.value })
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error
    }
    if (lookUpAfterMs !== undefined) lookUpAfterMs = lookUpAfterMs * 1.5 + 0.5
  }
}

/** As `next`, by receive, or by a select that goes without after a time. */
function* received(
  channel: Channel<number>,
  selectMs: number | undefined,
): Operation<IteratorResult<number, undefined> | undefined> {
  const next =
    selectMs === undefined
      ? { kind: 'item' as const, value: yield* channel.receive() }
      : yield* select({ item: channel.receive(), tick: sleep(selectMs) })
  if (next.kind === 'tick') return undefined
  const { value } = next
  return value.kind === 'item' ? { done: false, value: value.item } : { done: true, value: undefined }
}

/** Has garbage collected, so that finalizers run. A coroutine, which takes the place of the last one that was resumed. */
export const collect = remote(url, function* collect(): Operation<void> {
  const { collectUntil } = yield* until(import('../../collect-garbage.ts'))
  yield* until(collectUntil(() => true))
})
