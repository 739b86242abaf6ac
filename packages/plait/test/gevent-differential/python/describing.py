"""What errors and values are called in a trace."""

from gevent import GreenletExit, Timeout
from gevent.exceptions import ConcurrentObjectUseError, InvalidSwitchError, LoopExit
from gevent.pool import PoolFull
from gevent.queue import Empty, Full


class AppError(Exception):
    """An error of the program's own, told apart by its message."""


class Describer:
    """Names things; those that were not named beforehand have no name in common with the other side."""

    def __init__(self):
        self.names = {}  # id -> name
        self.kept = []  # so that no id is used twice

    def know(self, thing, name):
        self.names[id(thing)] = name
        self.kept.append(thing)
        return thing

    def name(self, thing):
        return self.names.get(id(thing), 'unnamed')

    def error(self, error):
        """A kind, and what tells errors of one kind apart. What is misused says so in words of its own on each side."""
        if isinstance(error, AppError):
            return ['App', str(error)]
        if isinstance(error, Timeout):
            return ['Timeout', self.name(error)]
        for kind in (GreenletExit, LoopExit, PoolFull, Empty, Full, StopIteration):
            if isinstance(error, kind):
                return [kind.__name__]
        if isinstance(error, (ValueError, RuntimeError, AssertionError, ConcurrentObjectUseError, InvalidSwitchError)):
            return ['Misuse']
        return ['Other', type(error).__name__, str(error)]

    def value(self, value):
        if value is None or isinstance(value, (bool, int, str)):
            return value
        if isinstance(value, (list, tuple)):
            return [self.value(each) for each in value]
        if isinstance(value, BaseException):
            return self.error(value)
        if value is StopIteration:
            return 'stop'
        return self.name(value)


def catches(world, frame, handler, error):
    """Whether a handler of this kind takes the error."""
    kind = handler['kind']
    if kind == 'all':
        return True
    if kind == 'ordinary':
        return isinstance(error, Exception)
    if kind == 'mine':
        return error is world.timeouts[handler['scope']]
    kinds = {
        'exit': GreenletExit,
        'timeout': Timeout,
        'app': AppError,
        'empty': Empty,
        'full': Full,
        'loopExit': LoopExit,
    }
    return isinstance(error, kinds[kind])
