"""Locks, events, conditions, semaphores and barriers: one function for each such statement of things-program.ts."""

from app_errors import AppError, describe
from things import look as look_at
from waits import waited, waits
from woken import features_of


@waits
async def acquire(world, frame, statement):
    name, how = statement['on'], statement['how']
    thing = world.shared.find(name)
    world.log(frame.label, 'acquire', name, thing.locked(), how)
    await waited(how, thing.acquire())


async def hold(world, frame, statement):
    name = statement['on']
    thing = world.shared.find(name)
    world.log(frame.label, 'hold', name, thing.locked())
    try:
        async with thing:
            world.log(frame.label, 'holds', name)
            signal = await world.block(frame, statement['body'])
            world.log(frame.label, 'hold leaves', name)
    except BaseException as error:
        world.saw(features_of(error))
        world.log(frame.label, 'hold throws', name, describe(error))
        raise
    world.log(frame.label, 'hold gives', name, thing.locked())
    return signal


@waits
async def event_wait(world, frame, statement):
    name, how = statement['on'], statement['how']
    event = world.shared.find(name)
    world.log(frame.label, 'eventWait', name, event.is_set(), how)
    return [await waited(how, event.wait()), event.is_set()]


@waits
async def condition_wait(world, frame, statement):
    name, how = statement['on'], statement['how']
    condition = world.shared.find(name)
    world.log(frame.label, 'conditionWait', name, condition.locked(), how)
    return await waited(how, condition.wait())


@waits
async def condition_wait_for(world, frame, statement):
    name, how, least = statement['on'], statement['how'], statement['least']
    condition = world.shared.find(name)

    def predicate():
        counter = world.shared.counter
        world.log(frame.label, 'asks', counter)
        if counter < 0:
            raise AppError('counted below 0')
        return counter if counter >= least else 0

    world.log(frame.label, 'conditionWaitFor', name, condition.locked(), least, how)
    return await waited(how, condition.wait_for(predicate))


@waits
async def barrier_wait(world, frame, statement):
    name, how = statement['on'], statement['how']
    barrier = world.shared.find(name)
    if barrier._count > 0 and barrier.n_waiting == 0 and not barrier.broken:
        world.saw(['barrier wait while it drains'])
    world.log(frame.label, 'barrierWait', name, barrier.n_waiting, how)
    return [await waited(how, barrier.wait()), barrier.n_waiting]


@waits
async def barrier_reset(world, frame, statement):
    name, how = statement['on'], statement['how']
    barrier = world.shared.find(name)
    world.log(frame.label, 'barrierReset', name, barrier.n_waiting, how)
    return await waited(how, barrier.reset())


@waits
async def barrier_abort(world, frame, statement):
    name, how = statement['on'], statement['how']
    barrier = world.shared.find(name)
    world.log(frame.label, 'barrierAbort', name, barrier.n_waiting, how)
    return await waited(how, barrier.abort())


def step(*fields):
    """A step that is written down with those fields of its statement, as refused if the thing does."""

    def decorate(function):
        def run(world, frame, statement):
            op, name = statement['op'], statement['on']
            try:
                function(world.shared.find(name), *(statement[field] for field in fields))
            except (RuntimeError, ValueError) as error:
                return world.log(frame.label, f'{op} refused', name, describe(error))
            world.log(frame.label, op, name, *(statement[field] for field in fields))

        return run

    return decorate


@step()
def release(thing):
    thing.release()


@step()
def set_event(event):
    event.set()


@step()
def clear(event):
    event.clear()


@step('count')
def notify(condition, count):
    condition.notify(count)


@step()
def notify_all(condition):
    condition.notify_all()


def count(world, frame, statement):
    world.shared.counter += statement['by']
    world.log(frame.label, 'count', world.shared.counter)


def look(world, frame, statement):
    name = statement['on']
    world.log(frame.label, 'look', name, *look_at(name, world.shared.find(name)))


WAITING = {
    'acquire': acquire,
    'hold': hold,
    'eventWait': event_wait,
    'conditionWait': condition_wait,
    'conditionWaitFor': condition_wait_for,
    'barrierWait': barrier_wait,
    'barrierReset': barrier_reset,
    'barrierAbort': barrier_abort,
}

PLAIN = {
    'release': release,
    'set': set_event,
    'clear': clear,
    'notify': notify,
    'notifyAll': notify_all,
    'count': count,
    'look': look,
}
