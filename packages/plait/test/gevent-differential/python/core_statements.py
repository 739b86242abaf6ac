"""Greenlets: made, started, killed, joined, linked."""

import gevent
from gevent import Greenlet, GreenletExit

from describing import AppError

EMPTY = 'empty slot'


def kill_error(statement):
    return GreenletExit if statement['error'] is None else AppError(statement['error'])


def spawn(world, frame, s):
    return world.keep(s['slot'], gevent.spawn(world.call, s['fn'], None))


def spawn_later(world, frame, s):
    return world.keep(s['slot'], gevent.spawn_later(world.after(s['ms']), world.call, s['fn'], None))


def spawn_raw(world, frame, s):
    world.raw = world.describer.know(gevent.spawn_raw(world.call, s['fn'], None), world.fresh('R'))
    return world.raw


def make(world, frame, s):
    return world.keep(s['slot'], Greenlet(world.call, s['fn'], None))


def on_slot(act):
    """What is done with the greenlet in a slot, if there is one."""

    def run(world, frame, s):
        greenlet = world.slots[s['slot']]
        return EMPTY if greenlet is None else act(world, greenlet, s)

    return run


def kill(world, greenlet, s):
    return greenlet.kill(kill_error(s), block=s['block'], timeout=world.after(s['timeout']))


def kill_raw(world, frame, s):
    return EMPTY if world.raw is None else gevent.kill(world.raw, kill_error(s))


def killall(world, frame, s):
    return gevent.killall(
        world.greenlets(s['slots']), kill_error(s), block=s['block'], timeout=world.after(s['timeout'])
    )


def joinall(world, frame, s):
    objects, timeout, count = world.greenlets(s['slots']), world.after(s['timeout']), s['count']
    if not s['raiseError']:
        return gevent.joinall(objects, timeout=timeout, count=count)
    # As gevent's own, which leaves its links and its timer behind where an error ends it.
    done = []
    with gevent.iwait(objects, timeout=timeout, count=count) as ready:
        for greenlet in ready:
            if greenlet.exception is not None:
                raise greenlet.exception
            done.append(greenlet)
    return done


def wait(world, frame, s):
    return gevent.wait(world.objects(s['what']), timeout=world.after(s['timeout']), count=s['count'])


def iwait(world, frame, s):
    left = s['most']
    with gevent.iwait(world.objects(s['what']), timeout=world.after(s['timeout']), count=s['count']) as ready:
        for thing in ready:
            world.log(frame.label, 'item', world.describer.name(thing))
            left -= 1
            if left <= 0:
                return 'enough'
    return 'all'


def wait_all(world, frame, s):
    return gevent.wait(timeout=world.after(s['timeout']))


def read(world, greenlet, s):
    """The value is read only of those that ended: before that it tells nothing."""
    return [
        bool(greenlet.ready()),
        bool(greenlet.successful()),
        bool(greenlet.dead),
        bool(greenlet.started),
        world.describer.value(greenlet.value),
        world.describer.value(greenlet.exception),
    ]


def current(world, frame, s):
    return world.current()


def sleep(world, frame, s):
    return gevent.sleep(world.after(s['ms']))


def sleep_by_argument(world, frame, s):
    return gevent.sleep(world.after(s['ms'] * (frame.argument or 0)))


def raise_app(world, frame, s):
    raise AppError(s['message'])


def raise_exit(world, frame, s):
    raise GreenletExit()


def raise_if_odd(world, frame, s):
    if (frame.argument or 0) % 2 == 1:
        raise AppError(f'odd {frame.argument}')


def call(world, frame, s):
    return world.call(s['fn'], s['argument'])


def throw(world, greenlet, s):
    return greenlet.throw(AppError(s['error']))


def linked(kind):
    def run(world, greenlet, s):
        getattr(greenlet, kind)(world.link_target(s['fn']))

    return on_slot(run)


OPERATIONS = {
    'spawn': spawn,
    'spawnLater': spawn_later,
    'spawnRaw': spawn_raw,
    'make': make,
    'start': on_slot(lambda world, greenlet, s: greenlet.start()),
    'startLater': on_slot(lambda world, greenlet, s: greenlet.start_later(world.after(s['ms']))),
    'kill': on_slot(kill),
    'killTop': on_slot(lambda world, greenlet, s: gevent.kill(greenlet, kill_error(s))),
    'killRaw': kill_raw,
    'killall': killall,
    'throw': on_slot(throw),
    'join': on_slot(lambda world, greenlet, s: greenlet.join(world.after(s['timeout']))),
    'get': on_slot(lambda world, greenlet, s: greenlet.get(s['block'], world.after(s['timeout']))),
    'joinall': joinall,
    'wait': wait,
    'iwait': iwait,
    'waitAll': wait_all,
    'link': linked('link'),
    'linkValue': linked('link_value'),
    'linkException': linked('link_exception'),
    'linkResult': on_slot(lambda world, greenlet, s: greenlet.link(world.thing(s['result']))),
    'rawlink': on_slot(lambda world, greenlet, s: greenlet.rawlink(world.callback(s['callback']))),
    'unlink': on_slot(lambda world, greenlet, s: greenlet.unlink(world.link_target(s['fn']))),
    'unlinkRaw': on_slot(lambda world, greenlet, s: greenlet.unlink(world.callback(s['callback']))),
    'unlinkAll': on_slot(lambda world, greenlet, s: greenlet.unlink_all()),
    'hasLinks': on_slot(lambda world, greenlet, s: bool(greenlet.has_links())),
    'read': on_slot(read),
    'current': current,
    'sleep': sleep,
    'sleepByArgument': sleep_by_argument,
    'raise': raise_app,
    'raiseExit': raise_exit,
    'raiseIfOdd': raise_if_odd,
    'call': call,
}
