import {
  type AsyncResult,
  type Channel,
  type Event,
  type JoinableQueue,
  RLock,
  StopIteration,
} from '../../../src/gevent.ts'
import type { SharedStatement } from '../statements.ts'
import { limited, limitOf } from './core-statements.ts'
import { AppError } from './describing.ts'
import type { Operation, Operations } from './operations.ts'
import type { PoolOp } from './pool-statements.ts'
import type { AnyQueue, Counting, Lock } from './shared-things.ts'
import type { World } from './world.ts'

function on<Key extends string, Thing>(key: Key) {
  return <S extends Readonly<Record<Key, string>>>(
    act: (thing: Thing, s: S, world: World) => unknown,
  ): Operation<S> =>
    (world, _frame, s) =>
      act(world.things.get<Thing>(s[key]), s, world)
}

const onEvent = on<'event', Event>('event')
const onResult = on<'result', AsyncResult<unknown>>('result')
const onLock = on<'lock', Lock>('lock')
const onCounting = on<'lock', Counting>('lock')
const onQueue = on<'queue', AnyQueue>('queue')
const onAny = on<'queue', AnyQueue | Channel<unknown>>('queue')
const onJoinable = on<'queue', JoinableQueue<unknown>>('queue')
const onThing = on<'thing', Event>('thing')

function readLock(lock: Lock): unknown {
  return lock instanceof RLock ? [lock.count] : [lock.counter, lock.locked()]
}

function readResult(result: AsyncResult<unknown>, _s: unknown, world: World): unknown {
  const { describer } = world
  return [
    result.ready(),
    result.successful(),
    describer.value(result.value),
    describer.value(result.exception()),
  ]
}

function iterate(queue: AnyQueue | Channel<unknown>, most: number): unknown {
  const taken: unknown[] = []
  if (most === 0) return taken
  for (const item of queue as Iterable<unknown>) {
    taken.push(item)
    if (taken.length >= most) break
  }
  return taken
}

export const sharedOperations: Operations<Exclude<SharedStatement['op'], PoolOp>> = {
  eventSet: onEvent(event => event.set()),
  eventClear: onEvent(event => event.clear()),
  eventWait: onEvent((event, s) => event.wait(limitOf(s.timeout))),
  eventRead: onEvent(event => event.isSet()),
  resultSet: onResult((result, s) => result.set(s.value)),
  resultError: onResult((result, s) => result.setException(new AppError(s.message))),
  resultGet: onResult((result, s) => result.get({ block: s.block, ...limited(s.timeout) })),
  resultWait: onResult((result, s) => result.wait(limitOf(s.timeout))),
  resultRead: onResult(readResult),
  thingRawlink: onThing((thing, s, world) => thing.rawlink(world.callback(s.callback))),
  thingUnlink: onThing((thing, s, world) => thing.unlink(world.callback(s.callback))),
  acquire: onLock((lock, s) => lock.acquire({ block: s.block, ...limited(s.timeout) })),
  release: onLock(lock => {
    lock.release()
  }),
  lockWait: onCounting((lock, s) => lock.wait(limitOf(s.timeout))),
  lockRead: onLock(readLock),
  put: onQueue((queue, s) => queue.put(s.item, { block: s.block, ...limited(s.timeout) })),
  putStop: onAny((queue, s) => (queue as AnyQueue).put(StopIteration as never, limited(s.timeout))),
  take: onAny((queue, s) => queue.get({ block: s.block, ...limited(s.timeout) })),
  peek: onQueue((queue, s) => queue.peek({ block: s.block, ...limited(s.timeout) })),
  putNowait: onAny((queue, s) => (queue as AnyQueue).putNowait(s.item)),
  takeNowait: onAny(queue => queue.getNowait()),
  peekNowait: onQueue(queue => queue.peekNowait()),
  queueRead: onAny(queue => [queue.qsize(), queue.empty(), queue.full()]),
  taskDone: onJoinable(queue => queue.taskDone()),
  queueJoin: onJoinable((queue, s) => queue.join(limitOf(s.timeout))),
  iterate: onAny((queue, s) => iterate(queue, s.most)),
}
