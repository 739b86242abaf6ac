"""A virtual-time event loop for CPython's asyncio, and order where CPython leaves it open.

Timers of one deadline run in the order they were made, and sets of tasks keep the order of insertion: CPython's
heap is unstable and its sets go by address, so a trace could not be compared without both.
"""

import asyncio
import asyncio.base_events
import asyncio.events
import asyncio.queues
import asyncio.tasks
import itertools


class OrderedSet(dict):
    """As much of a set as asyncio needs, in the order of insertion."""

    def __init__(self, items=()):
        super().__init__((item, None) for item in items)

    def add(self, item):
        self[item] = None

    def discard(self, item):
        self.pop(item, None)

    def remove(self, item):
        del self[item]


class OrderedTimerHandle(asyncio.events.TimerHandle):
    """A timer that knows when it was made, so that the heap is stable."""

    _made = itertools.count().__next__

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order = (self._when, OrderedTimerHandle._made())

    def __lt__(self, other):
        return self.order < other.order


class OrderedTaskGroup(asyncio.TaskGroup):
    def __init__(self):
        super().__init__()
        self._tasks = OrderedSet()


class OrderedAsCompleted(asyncio.tasks._AsCompletedIterator):
    def __init__(self, things, timeout):
        loop = asyncio.get_running_loop()
        self._done = asyncio.queues.Queue()
        self._timeout_handle = None
        self._todo = OrderedSet(asyncio.ensure_future(thing, loop=loop) for thing in OrderedSet(things))
        self._todo_left = len(self._todo)
        for future in self._todo:
            future.add_done_callback(self._handle_completion)
        if self._todo and timeout is not None:
            self._timeout_handle = loop.call_later(timeout, self._handle_timeout)


asyncio.events.TimerHandle = OrderedTimerHandle
asyncio.tasks.set = OrderedSet  # asyncio.wait() makes its sets through this name


class VirtualSelector:
    """Never waits: it moves the clock to when the loop would have woken."""

    def __init__(self, loop):
        self.loop = loop

    def select(self, timeout):
        if timeout is None:
            raise RuntimeError('nothing is left to run, and nothing stops the loop')
        if timeout > 0:
            self.loop.now += timeout
        return []


class VirtualLoop(asyncio.base_events.BaseEventLoop):
    def __init__(self):
        self.now = 0
        super().__init__()
        self._selector = VirtualSelector(self)
        self.kept = []
        self.set_task_factory(self.make_task)

    def time(self):
        return self.now

    def make_task(self, loop, coroutine, **options):
        task = asyncio.Task(coroutine, loop=loop, **options)
        self.kept.append(task)  # the loop holds its tasks weakly, and a collected one would vanish from the trace
        return task

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass
