"""How waits are written down, and the ways to wait."""

import asyncio

from app_errors import describe
from woken import features_of

SKIPPED = object()


def waits(function):
    """Writes down how a wait ended."""

    async def run(world, frame, statement):
        try:
            value = await function(world, frame, statement)
        except BaseException as error:
            world.saw(features_of(error))
            world.log(frame.label, statement['op'] + ' throws', describe(error))
            raise
        if value is not SKIPPED:
            world.log(frame.label, statement['op'] + ' gives', value)

    return run


def skip(world, frame, statement, why):
    world.log(frame.label, statement['op'], why)
    return SKIPPED


async def waited(how, coroutine):
    """Waits for it itself, by a task of its own, or under wait_for with that limit."""
    if how == 'directly':
        return await coroutine
    if how == 'inTask':
        return await asyncio.create_task(coroutine)
    return await asyncio.wait_for(coroutine, how)
