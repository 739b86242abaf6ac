"""Events, results, locks and queues."""

import gevent.event
import gevent.lock
import gevent.queue

from describing import AppError

MAKERS = {
    'event': gevent.event.Event,
    'result': gevent.event.AsyncResult,
    'semaphore': gevent.lock.Semaphore,
    'bounded': gevent.lock.BoundedSemaphore,
    'rlock': lambda number: gevent.lock.RLock(),
    'queue': lambda size: gevent.queue.Queue(size or None),
    'joinable': lambda size: gevent.queue.JoinableQueue(size or None),
    'priority': lambda size: gevent.queue.PriorityQueue(size or None),
    'lifo': lambda size: gevent.queue.LifoQueue(size or None),
    'channel': lambda number: gevent.queue.Channel(),
    'group': lambda number: gevent.pool.Group(),
    'pool': gevent.pool.Pool,
}

NUMBERLESS = ('event', 'result')


def make_thing(name):
    """A kind and a number: how many permits, how much room, or which of several."""
    kind = name.rstrip('0123456789')
    number = int(name[len(kind) :] or 0)
    return MAKERS[kind]() if kind in NUMBERLESS else MAKERS[kind](number)


def on(key, act):
    return lambda world, frame, s: act(world, world.thing(s[key]), s)


def lock_read(world, lock, s):
    if hasattr(lock, 'counter'):
        return [lock.counter, bool(lock.locked())]
    return [lock._count]


def result_read(world, result, s):
    return [
        bool(result.ready()),
        bool(result.successful()),
        world.describer.value(result.value),
        world.describer.value(result.exception),
    ]


def release(world, lock, s):
    lock.release()  # what it gives is the counter, of some kinds


def iterate(world, queue, s):
    taken = []
    if s['most'] == 0:
        return taken
    for item in queue:
        taken.append(item)
        if len(taken) >= s['most']:
            break
    return taken


def waits(act):
    """With a timeout that is in the statement."""
    return lambda world, thing, s: act(thing, s, world.after(s['timeout']))


OPERATIONS = {
    'eventSet': on('event', lambda world, event, s: event.set()),
    'eventClear': on('event', lambda world, event, s: event.clear()),
    'eventWait': on('event', waits(lambda event, s, timeout: bool(event.wait(timeout)))),
    'eventRead': on('event', lambda world, event, s: event.is_set()),
    'resultSet': on('result', lambda world, result, s: result.set(s['value'])),
    'resultError': on('result', lambda world, result, s: result.set_exception(AppError(s['message']))),
    'resultGet': on('result', waits(lambda result, s, timeout: result.get(s['block'], timeout))),
    'resultWait': on('result', waits(lambda result, s, timeout: result.wait(timeout))),
    'resultRead': on('result', result_read),
    'thingRawlink': on('thing', lambda world, thing, s: thing.rawlink(world.callback(s['callback']))),
    'thingUnlink': on('thing', lambda world, thing, s: thing.unlink(world.callback(s['callback']))),
    'acquire': on('lock', waits(lambda lock, s, timeout: bool(lock.acquire(s['block'], timeout)))),
    'release': on('lock', release),
    'lockWait': on('lock', waits(lambda lock, s, timeout: lock.wait(timeout))),
    'lockRead': on('lock', lock_read),
    'put': on('queue', waits(lambda queue, s, timeout: queue.put(s['item'], s['block'], timeout))),
    'putStop': on('queue', waits(lambda queue, s, timeout: queue.put(StopIteration, True, timeout))),
    'take': on('queue', waits(lambda queue, s, timeout: queue.get(s['block'], timeout))),
    'peek': on('queue', waits(lambda queue, s, timeout: queue.peek(s['block'], timeout))),
    'putNowait': on('queue', lambda world, queue, s: queue.put_nowait(s['item'])),
    'takeNowait': on('queue', lambda world, queue, s: queue.get_nowait()),
    'peekNowait': on('queue', lambda world, queue, s: queue.peek_nowait()),
    'queueRead': on('queue', lambda world, queue, s: [queue.qsize(), queue.empty(), queue.full()]),
    'taskDone': on('queue', lambda world, queue, s: queue.task_done()),
    'queueJoin': on('queue', waits(lambda queue, s, timeout: bool(queue.join(timeout)))),
    'iterate': on('queue', iterate),
}
