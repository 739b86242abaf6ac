"""What waits, or holds a block that may wait: one coroutine function for each such statement of program.ts.

Each gives the block's signal: None to go on, or the value to return.
"""

import asyncio

from app_errors import AppError, describe, is_of
from virtual_loop import OrderedAsCompleted, OrderedTaskGroup
from waits import skip, waits

async def passing_cancels_to(world, frame, names, awaitable):
    """Awaits what a cancel of this task would cancel in turn."""
    world.blocked[frame.root] = names
    try:
        return await awaitable
    finally:
        world.blocked.pop(frame.root, None)


@waits
async def sleep(world, frame, statement):
    world.log(frame.label, 'sleep', statement['delay'])
    await asyncio.sleep(statement['delay'])


@waits
async def turn(world, frame, statement):
    world.log(frame.label, 'turn')
    for number in range(statement['times']):
        await asyncio.sleep(0)
        world.log(frame.label, 'turned', number)


@waits
async def await_one(world, frame, statement):
    what = statement['what']
    trouble = world.trouble(frame, what)
    if trouble:
        return skip(world, frame, statement, trouble)
    thing, name = world.thing(frame, what, own_task=False)
    world.log(frame.label, 'await', name)
    if what[0] == 'B':
        return await thing
    return await passing_cancels_to(world, frame, [name], thing)


@waits
async def shield(world, frame, statement):
    what = statement['what']
    if world.trouble(frame, what) == 'empty':
        return skip(world, frame, statement, 'empty')
    thing, name = world.thing(frame, what, own_task=True)
    world.log(frame.label, 'shield', name)
    return await asyncio.shield(thing)


@waits
async def gather(world, frame, statement):
    whole = [what for what in statement['what'] if not world.trouble(frame, what)]
    pairs = [world.thing(frame, what, own_task=True) for what in whole]
    names = [name for _, name in pairs]
    done = [isinstance(thing, asyncio.Future) and thing.done() for thing, _ in pairs]
    world.log(frame.label, 'gather', names, done, statement['settled'])
    together = asyncio.gather(*(thing for thing, _ in pairs), return_exceptions=statement['settled'])
    try:
        results = await passing_cancels_to(world, frame, names, together)
    except asyncio.CancelledError as error:
        drop_stale_reason(together, statement['settled'], error)
        raise
    return [describe(result) if isinstance(result, BaseException) else result for result in results]


def drop_stale_reason(together, settled, error):
    """Takes away a reason that is an accident of CPython's.

    A task that is cancelled while it waits for nothing keeps the reason even if it then ends otherwise, and a
    cancelled gather that lists it last throws CancelledError with that, however old it is.
    """
    if not together.done() or together.exception() is not error:
        return  # the cancel of whoever waits, on its way
    deciding = together._children[-1:] if settled else together._children
    if not any(child.cancelled() for child in deciding):
        error.args = ()


@waits
async def wait(world, frame, statement):
    targets = [world.target(what) for what in statement['what']]
    targets = [target for target in targets if target is not None]
    if not targets:
        return skip(world, frame, statement, 'empty')
    names = [world.name(target) for target in targets]
    world.log(frame.label, 'wait', names, statement['mode'], statement['limit'])
    done, pending = await asyncio.wait(targets, timeout=statement['limit'], return_when=statement['mode'])
    return [[world.name(one) for one in done], [world.name(one) for one in pending]]


@waits
async def wait_for(world, frame, statement):
    what, limit = statement['what'], statement['limit']
    trouble = world.trouble(frame, what)
    if trouble:
        return skip(world, frame, statement, trouble)
    inline = limit is None or limit > 0
    shielded = statement['shielded'] and inline
    thing, name = world.thing(frame, what, own_task=shielded or not inline)
    world.log(frame.label, 'waitFor', name, limit, shielded)
    if shielded:
        return await asyncio.wait_for(asyncio.shield(thing), limit)
    if what[0] == 'B' or not inline:
        return await asyncio.wait_for(thing, limit)
    return await passing_cancels_to(world, frame, [name], asyncio.wait_for(thing, limit))


@waits
async def as_completed(world, frame, statement):
    whole = [what for what in statement['what'] if world.trouble(frame, what) != 'empty']
    pairs = [world.thing(frame, what, own_task=True) for what in whole]
    world.log(frame.label, 'asCompleted', [name for _, name in pairs], statement['limit'], statement['form'])
    source = OrderedAsCompleted([thing for thing, _ in pairs], statement['limit'])
    if statement['form'] == 'each':
        async for future in source:
            world.log(frame.label, 'asCompleted item', world.name(future), *world.state(future))
        return
    for upcoming in source:
        try:
            value = await upcoming
        except Exception as error:
            world.log(frame.label, 'asCompleted item fails', describe(error))
        else:
            world.log(frame.label, 'asCompleted item', value)


async def timeout(world, frame, statement):
    number, limit = statement['scope'], statement['limit']
    world.log(frame.label, 'timeout', number, limit, statement['at'])
    if statement['at']:
        scope = asyncio.timeout_at(None if limit is None else world.loop.time() + limit)
    else:
        scope = asyncio.timeout(limit)
    try:
        async with scope:
            world.scopes[number] = scope
            signal = await world.block(frame, statement['body'])
    except BaseException as error:
        world.log(frame.label, 'timeout throws', number, describe(error), scope.expired(), scope.when())
        raise
    world.log(frame.label, 'timeout gives', number, scope.expired(), scope.when())
    return signal


async def group(world, frame, statement):
    number = statement['group']
    world.log(frame.label, 'group', number)
    try:
        async with OrderedTaskGroup() as tasks:
            world.groups[number] = tasks
            signal = await world.block(frame, statement['body'])
            world.log(frame.label, 'group leaves', number)
    except BaseException as error:
        world.log(frame.label, 'group throws', number, describe(error), asyncio.current_task().cancelling())
        raise
    world.log(frame.label, 'group gives', number, asyncio.current_task().cancelling())
    return signal


async def try_block(world, frame, statement):
    if statement['cleanup'] is None:
        return await guarded_block(world, frame, statement)
    signal = failure = None
    try:
        signal = await guarded_block(world, frame, statement)
    except BaseException as error:
        if world.ended:
            raise
        failure = error
    world.log(frame.label, 'finally', None if failure is None else describe(failure))
    last = await world.block(frame, statement['cleanup'])
    if last is not None:
        world.log(frame.label, 'finally returns')
        return last
    if failure is not None:
        raise failure
    return signal


async def guarded_block(world, frame, statement):
    handler = statement['handler']
    try:
        return await world.block(frame, statement['body'])
    except BaseException as error:
        if world.ended or handler is None or not is_of(handler['kind'], error):
            raise
        world.log(frame.label, 'catch', handler['kind'], describe(error))
        signal = await world.block(frame, handler['body'])
        world.log(frame.label, 'handled', handler['leave'], signal is not None)
        if signal is not None or handler['leave'] == 'swallow':
            return signal
        if handler['leave'] == 'rethrow':
            raise
        raise AppError('from a handler')


async def repeat(world, frame, statement):
    for _ in range(statement['times']):
        signal = await world.block(frame, statement['body'])
        if signal is not None:
            return signal


WAITING = {
    'sleep': sleep,
    'turn': turn,
    'await': await_one,
    'shield': shield,
    'gather': gather,
    'wait': wait,
    'waitFor': wait_for,
    'asCompleted': as_completed,
    'timeout': timeout,
    'group': group,
    'try': try_block,
    'repeat': repeat,
}
