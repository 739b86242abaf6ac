"""The errors of the programs, and how the trace writes them down."""

import asyncio


# Mistakes with what tasks share, by CPython's words for them, and Plait's codes.
MISTAKES = {
    'Lock is not acquired.': 'lockNotHeld',
    'cannot wait on un-acquired lock': 'conditionNotHeld',
    'cannot notify on un-acquired lock': 'conditionNotHeld',
    'BoundedSemaphore released too many times': 'releasedTooOften',
    'task_done() called too many times': 'taskDoneTooOften',
}


class AppError(Exception):
    """What programs raise."""


def describe(error):
    """An error as both sides write it: its kind, then its message or its parts."""
    if isinstance(error, BaseExceptionGroup):
        return ['Group', [describe(part) for part in error.exceptions]]
    if isinstance(error, asyncio.CancelledError):
        return ['Cancelled', error.args[0] if error.args and error.args[0] else None]
    if isinstance(error, AppError):
        return ['App', error.args[0]]
    if isinstance(error, TimeoutError):
        return ['Timeout']
    if isinstance(error, asyncio.InvalidStateError):
        return ['InvalidState']
    if isinstance(error, (asyncio.QueueEmpty, asyncio.QueueFull, asyncio.QueueShutDown)):
        return [type(error).__name__]
    if isinstance(error, asyncio.BrokenBarrierError):
        return ['BrokenBarrier']
    if str(error) in MISTAKES:
        return ['Misuse', MISTAKES[str(error)]]
    if type(error) is RuntimeError:
        return ['Misuse']
    return [type(error).__name__, str(error)]


def is_of(kind, error):
    """Whether a handler of this kind takes the error."""
    if kind == 'all':
        return True
    if kind == 'ordinary':
        return isinstance(error, Exception)
    if kind == 'cancelled':
        return isinstance(error, asyncio.CancelledError)
    return isinstance(error, TimeoutError)
