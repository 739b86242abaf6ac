"""What a trace does not show, for the coverage table: waits that were broken off after they had been woken.

Such a cancel comes between the wake and the step, where locks and queues lose turns and items if they are wrong. It is
read from the frames that the error came through.
"""

import asyncio

# The functions that wait on a future of their own, what to call them, and their names for that future.
WAITS = {
    asyncio.Lock.acquire.__code__: ('lock acquire', 'fut'),
    asyncio.Semaphore.acquire.__code__: ('semaphore acquire', 'fut'),
    asyncio.Event.wait.__code__: ('event wait', 'fut'),
    asyncio.Condition.wait.__code__: ('condition wait', 'fut'),
    asyncio.Queue.get.__code__: ('get', 'getter'),
    asyncio.Queue.put.__code__: ('put', 'putter'),
}


def frames_of(error):
    step = error.__traceback__
    while step is not None:
        yield step.tb_frame
        step = step.tb_next


def features_of(error):
    """What was broken off, and how far it had got."""
    if isinstance(error, asyncio.BrokenBarrierError):
        yield from broken_barrier(error)
    if not isinstance(error, asyncio.CancelledError):
        return
    codes = [frame.f_code for frame in frames_of(error)]
    if asyncio.Barrier.wait.__code__ in codes:
        yield 'barrier wait cancelled'
        return
    if asyncio.Condition.wait.__code__ in codes and asyncio.Lock.acquire.__code__ in codes:
        yield 'condition wait cancelled while it re-acquires'
    for frame in frames_of(error):
        name, local = WAITS.get(frame.f_code, (None, None))
        future = frame.f_locals.get(local)
        if future is None or not future.done() or future.cancelled():
            continue
        yield f'{name} cancelled after its wake'
        thing = frame.f_locals['self']
        if name == 'lock acquire' and not thing.locked() and thing._waiters:
            yield 'lock woken passes the turn on'
        elif name == 'semaphore acquire' and any(waiter.done() for waiter in thing._waiters):
            yield 'semaphore turn passed on'


def broken_barrier(error):
    for frame in frames_of(error):
        if frame.f_code is asyncio.Barrier._wait.__code__:
            broken = frame.f_locals['self'].broken
            yield f'barrier wait broken by {"abort" if broken else "reset"}'
        elif frame.f_code is asyncio.Barrier._block.__code__:
            yield 'barrier wait refused: it is broken'
