"""A loop for gevent's hub whose clock is virtual, and order where gevent leaves it open.

What is queued with run_callback runs first in, first out, until there is nothing; then the timers of the next instant.
Those due at one instant are collected, and invoked by priority, the higher first, then by deadline, then in the order they
were started. libev's heap leaves that last order open, and sets of greenlets go by address: here both are the order made.
"""

import itertools
import sys

import gevent.pool


class OrderedSet(dict):
    """As much of a set as groups need, in the order of insertion."""

    def __init__(self, items=()):
        super().__init__((item, None) for item in items)

    def add(self, item):
        self[item] = None

    def discard(self, item):
        self.pop(item, None)


gevent.pool.set = OrderedSet  # groups make their sets through this name


class Callback:
    """What run_callback gives. True until it has run; pending until it begins."""

    __slots__ = ('callback', 'args')

    def __init__(self, callback, args):
        self.callback = callback
        self.args = args

    def stop(self):
        self.callback = self.args = None

    close = stop

    def __bool__(self):
        return self.args is not None

    @property
    def pending(self):
        return self.callback is not None


class Timer:
    def __init__(self, loop, after, ref, priority):
        self.loop = loop
        self.after = after
        self.ref = ref
        self.priority = priority or 0
        self.callback = self.args = self.order = None
        self.active = self.pending = False

    def start(self, callback, *args, update=None):
        self.callback = callback
        self.args = args
        if not self.active:
            self.begin()

    def begin(self):
        self.active = True
        self.order = (self.loop.time + self.after, next(self.loop.started))
        self.loop.timers.append(self)

    def again(self, callback, *args, update=None):
        if self.active:
            self.loop.timers.remove(self)
        self.callback = callback
        self.args = args
        self.begin()

    def stop(self):
        if self.active:
            self.loop.timers.remove(self)
        self.callback = self.args = None
        self.active = self.pending = False

    def close(self):
        self.stop()

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.close()

    def collect(self):
        self.loop.timers.remove(self)
        self.active = False
        self.pending = True

    def invoke(self):
        if not self.pending:
            return  # one before it, of the same instant, stopped it
        self.pending = False
        try:
            self.callback(*self.args)
        except BaseException:
            self.loop.handle_error(self, *sys.exc_info())
        if not self.active:
            self.stop()


class VirtualLoop:
    default = True
    error_handler = None

    def __init__(self):
        self.time = 0
        self.callbacks = []
        self.timers = []
        self.started = itertools.count()
        self.has_ties = False  # whether timers were due together, so that a real clock might tell them apart

    # What the hub and what is built on it ask of a loop

    def now(self):
        return self.time

    def update_now(self):
        pass

    def run_callback(self, callback, *args):
        queued = Callback(callback, args)
        self.callbacks.append(queued)
        return queued

    run_callback_threadsafe = run_callback

    def timer(self, after, repeat=0.0, ref=True, priority=None):
        return Timer(self, after, ref, priority)

    def handle_error(self, context, kind, value, traceback):
        self.error_handler.handle_error(context, kind, value, traceback)

    def _format(self):
        return 'virtual'

    # Running

    def run(self):
        """Until there is nothing that could ever run. A timer that does not count is not waited for."""
        while True:
            self.run_callbacks()
            if self.timers and self.is_active():
                self.time = max(self.time, min(timer.order[0] for timer in self.timers))
            self.invoke_due()
            if not self.is_active():
                return

    def is_active(self):
        return bool(self.callbacks) or any(timer.ref for timer in self.timers)

    def run_callbacks(self):
        while self.callbacks:
            queued = self.callbacks.pop(0)
            callback, args = queued.callback, queued.args
            queued.callback = None
            if callback is None or args is None:
                continue
            try:
                callback(*args)
            except BaseException:
                self.handle_error(queued, *sys.exc_info())
            finally:
                queued.args = None

    def invoke_due(self):
        due = [timer for timer in self.timers if timer.order[0] <= self.time]
        self.has_ties = self.has_ties or len(due) > 1
        due.sort(key=lambda timer: (-timer.priority, timer.order))
        for timer in due:
            timer.collect()
        for timer in due:
            timer.invoke()
