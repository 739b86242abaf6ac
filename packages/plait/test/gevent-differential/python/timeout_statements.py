"""Timeouts: around blocks, around calls, and by hand."""

import gevent
from gevent import Timeout

from describing import AppError


def make(world, s):
    error = s['error']
    exception = AppError(error) if isinstance(error, str) else error
    timeout = Timeout(world.after(s['ms']), exception)
    world.timeouts[s['scope']] = world.describer.know(timeout, world.fresh('T'))
    return timeout


def with_timeout(world, frame, s):
    options = {} if s['value'] is None else {'timeout_value': s['value']}
    return gevent.with_timeout(world.after(s['ms']), world.call, s['fn'], None, **options)


def by_hand(act):
    def run(world, frame, s):
        timeout = world.timeouts[s['scope']]
        return 'empty slot' if timeout is None else act(timeout)

    return run


OPERATIONS = {
    'withTimeout': with_timeout,
    'timeoutNew': lambda world, frame, s: make(world, s),
    'timeoutStart': by_hand(lambda timeout: timeout.start()),
    'timeoutCancel': by_hand(lambda timeout: timeout.cancel()),
    'timeoutClose': by_hand(lambda timeout: timeout.close()),
    'timeoutRead': by_hand(lambda timeout: timeout.pending),
}
