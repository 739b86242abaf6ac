"""Queues: one function for each such statement of things-program.ts."""

import asyncio

from app_errors import describe
from waits import waited, waits


@waits
async def put(world, frame, statement):
    name, how = statement['on'], statement['how']
    queue = world.shared.find(name)
    item = world.shared.item(statement['priority'])
    world.log(frame.label, 'put', name, item, queue.full(), how)
    return await waited(how, queue.put(item))


@waits
async def get(world, frame, statement):
    name, how = statement['on'], statement['how']
    queue = world.shared.find(name)
    world.log(frame.label, 'get', name, queue.empty(), how)
    return await waited(how, queue.get())


@waits
async def join(world, frame, statement):
    name, how = statement['on'], statement['how']
    world.log(frame.label, 'join', name, how)
    return await waited(how, world.shared.find(name).join())


def refusable(function):
    """A step that a queue may refuse."""

    def run(world, frame, statement):
        op, name = statement['op'], statement['on']
        try:
            details = function(world, world.shared.find(name), statement)
        except (asyncio.QueueEmpty, asyncio.QueueFull, asyncio.QueueShutDown, ValueError) as error:
            return world.log(frame.label, f'{op} refused', name, describe(error))
        world.log(frame.label, op, name, *details)

    return run


@refusable
def put_nowait(world, queue, statement):
    item = world.shared.item(statement['priority'])
    queue.put_nowait(item)
    return [item]


@refusable
def get_nowait(world, queue, statement):
    return [queue.get_nowait()]


@refusable
def task_done(world, queue, statement):
    queue.task_done()
    return []


@refusable
def shutdown(world, queue, statement):
    waiting = len(queue._getters) + len(queue._putters)
    if waiting > 0:
        world.saw(['queue shut down while waiting'])
    queue.shutdown(statement['immediate'])
    return [statement['immediate']]


WAITING = {'put': put, 'get': get, 'join': join}

PLAIN = {
    'putNowait': put_nowait,
    'getNowait': get_nowait,
    'taskDone': task_done,
    'shutdown': shutdown,
}
