"""What happens at once: one function for each plain statement of program.ts."""

import asyncio
import contextvars

from app_errors import AppError, describe

VARIABLES = [contextvars.ContextVar(f'V{index}', default=0) for index in range(2)]


def spawn(world, frame, statement):
    place = world.loop
    if statement['group'] is not None:
        place = world.groups[statement['group']]
        if place is None:
            return world.log(frame.label, 'spawn', 'empty')
    label = world.fresh(statement['body'])
    how = (statement['eager'], statement['group'], statement['context'])
    world.log(frame.label, 'spawn', statement['slot'], label, *how)
    options = {'eager_start': True} if statement['eager'] else {}
    if statement['context'] != 'copied':
        shared = statement['context'] == 'shared'
        options['context'] = world.shared_context if shared else contextvars.copy_context()
    coroutine = world.body(statement['body'], label, label)
    try:
        task = place.create_task(coroutine, name=label, **options)
    except RuntimeError as error:
        return world.log(frame.label, 'spawn refused', describe(error))
    world.slots[statement['slot']] = world.know(task, label)


def on_target(function):
    """A statement about a target, which may not be there yet."""

    def run(world, frame, statement):
        target = world.target(statement['what'])
        if target is None:
            return world.log(frame.label, statement['op'], 'empty')
        function(world, frame, statement, target)

    return run


def on_task(function):
    """A statement about a task: a future has no count of cancels."""

    @on_target
    def run(world, frame, statement, target):
        if isinstance(target, asyncio.Task):
            function(world, frame, statement, target)

    return run


@on_target
def cancel(world, frame, statement, target):
    world.log(frame.label, 'cancel', world.name(target), statement['reason'])
    accepted = target.cancel() if statement['reason'] is None else target.cancel(statement['reason'])
    world.log(frame.label, 'cancel gives', accepted)


@on_task
def uncancel(world, frame, statement, target):
    world.log(frame.label, 'uncancel', world.name(target), target.cancelling(), target.uncancel())


@on_task
def cancelling(world, frame, statement, target):
    world.log(frame.label, 'cancelling', world.name(target), target.cancelling())


@on_target
def read(world, frame, statement, target):
    world.log(frame.label, 'read', world.name(target), *world.state(target))


def set_result(world, frame, statement):
    future = world.futures[statement['future']]
    try:
        future.set_result(statement['value'])
    except asyncio.InvalidStateError as error:
        return world.log(frame.label, 'setResult refused', world.name(future), describe(error))
    world.log(frame.label, 'setResult', world.name(future), statement['value'])


def set_error(world, frame, statement):
    future = world.futures[statement['future']]
    try:
        future.set_exception(AppError(statement['message']))
    except asyncio.InvalidStateError as error:
        return world.log(frame.label, 'setError refused', world.name(future), describe(error))
    world.log(frame.label, 'setError', world.name(future), statement['message'])


def renew_future(world, frame, statement):
    index = statement['future']
    name = f'F{index}.{next(world.renewed)}'
    world.futures[index] = world.know(world.loop.create_future(), name)
    world.log(frame.label, 'renewFuture', name)


@on_target
def add_callback(world, frame, statement, target):
    world.log(frame.label, 'addCallback', world.name(target), statement['callback'], target.done())
    target.add_done_callback(world.callbacks[statement['callback']])


@on_target
def remove_callback(world, frame, statement, target):
    removed = target.remove_done_callback(world.callbacks[statement['callback']])
    world.log(frame.label, 'removeCallback', world.name(target), statement['callback'], removed)


def call_soon(world, frame, statement):
    world.log(frame.label, 'callSoon', statement['handle'], statement['callback'])
    world.handles[statement['handle']] = world.loop.call_soon(world.callbacks[statement['callback']])


def call_later(world, frame, statement):
    world.log(frame.label, 'callLater', statement['handle'], statement['callback'], statement['delay'])
    callback = world.callbacks[statement['callback']]
    world.handles[statement['handle']] = world.loop.call_later(statement['delay'], callback)


def call_at(world, frame, statement):
    world.log(frame.label, 'callAt', statement['handle'], statement['callback'], statement['offset'])
    when = world.loop.time() + statement['offset']
    world.handles[statement['handle']] = world.loop.call_at(when, world.callbacks[statement['callback']])


def cancel_handle(world, frame, statement):
    handle = world.handles[statement['handle']]
    if handle is None:
        return world.log(frame.label, 'cancelHandle', 'empty')
    handle.cancel()
    world.log(frame.label, 'cancelHandle', statement['handle'])


def reschedule(world, frame, statement):
    scope = world.scopes[statement['scope']]
    if scope is None:
        return world.log(frame.label, 'reschedule', 'empty')
    when = None if statement['to'] is None else world.loop.time() + statement['to']
    try:
        scope.reschedule(when)
    except RuntimeError as error:
        return world.log(frame.label, 'reschedule refused', statement['scope'], describe(error))
    world.log(frame.label, 'reschedule', statement['scope'], statement['to'], scope.when())


def current_task(world, frame, statement):
    task = asyncio.current_task()
    world.log(frame.label, 'currentTask', None if task is None else world.name(task))


def set_variable(world, frame, statement):
    VARIABLES[statement['variable']].set(statement['value'])
    world.log(frame.label, 'setVariable', statement['variable'], statement['value'])


def get_variable(world, frame, statement):
    world.log(frame.label, 'getVariable', statement['variable'], VARIABLES[statement['variable']].get())


def raise_error(world, frame, statement):
    world.log(frame.label, 'raise', statement['message'])
    raise AppError(statement['message'])


PLAIN = {
    'spawn': spawn,
    'cancel': cancel,
    'uncancel': uncancel,
    'cancelling': cancelling,
    'read': read,
    'setResult': set_result,
    'setError': set_error,
    'renewFuture': renew_future,
    'addCallback': add_callback,
    'removeCallback': remove_callback,
    'callSoon': call_soon,
    'callLater': call_later,
    'callAt': call_at,
    'cancelHandle': cancel_handle,
    'reschedule': reschedule,
    'currentTask': current_task,
    'setVariable': set_variable,
    'getVariable': get_variable,
    'raise': raise_error,
}
