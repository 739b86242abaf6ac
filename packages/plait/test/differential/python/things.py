"""What the tasks of a program share: see things-program.ts for the names."""

import asyncio
import heapq
import itertools


class OrderedPriorityQueue(asyncio.PriorityQueue):
    """Gives what is equal in the order it was put: CPython's heap is unstable."""

    def _init(self, maxsize):
        self._queue = []
        self._order = itertools.count()

    def _put(self, item):
        heapq.heappush(self._queue, (item[0], next(self._order), item))

    def _get(self):
        return heapq.heappop(self._queue)[-1]


MAKERS = {
    'lock': lambda number: asyncio.Lock(),
    'event': lambda number: asyncio.Event(),
    'semaphore': asyncio.Semaphore,
    'bounded': asyncio.BoundedSemaphore,
    'barrier': asyncio.Barrier,
    'queue': asyncio.Queue,
    'priority': OrderedPriorityQueue,
    'lifo': asyncio.LifoQueue,
}


def kind_of(name):
    return name.rstrip('0123456789')


class SharedThings:
    """They are made when they are first named."""

    def __init__(self):
        self.made = {}
        self.counter = 0
        self.items = itertools.count(1)

    def find(self, name):
        if name not in self.made:
            self.made[name] = self.make(kind_of(name), name)
        return self.made[name]

    def make(self, kind, name):
        number = int(name[len(kind) :])
        if kind != 'condition':
            return MAKERS[kind](number)
        return asyncio.Condition(self.find('lock0') if number == 0 else None)

    def item(self, priority):
        """Something to put: no two are the same."""
        return [priority, next(self.items)]


def waiting(futures):
    """How many still wait: those who were woken or cancelled stay in line until they run."""
    return sum(not future.done() for future in futures or ())


def look(name, thing):
    """All that can be read of it."""
    kind = kind_of(name)
    if kind == 'barrier':
        return [thing.parties, thing.n_waiting, thing.broken, waiting(thing._cond._waiters)]
    if kind in ('lock', 'condition'):
        return [thing.locked(), waiting(thing._waiters)]
    if kind == 'event':
        return [thing.is_set(), waiting(thing._waiters)]
    if kind in ('semaphore', 'bounded'):
        return [thing.locked(), thing._value, waiting(thing._waiters)]
    size = [thing.maxsize, thing.qsize(), thing.empty(), thing.full(), thing._unfinished_tasks]
    return size + [waiting(line) for line in (thing._getters, thing._putters, thing._finished._waiters)]
