"""Groups and pools."""

from core_statements import EMPTY, kill_error


def mapped(world, s):
    return lambda item: world.call(s['fn'], item)


def on_member(act):
    def run(world, frame, s):
        greenlet = world.slots[s['slot']]
        return EMPTY if greenlet is None else act(world, world.thing(s['group']), greenlet, s)

    return run


def on_group(act):
    return lambda world, frame, s: act(world, world.thing(s['group']), s)


def spawn(world, group, s):
    return world.keep(s['slot'], group.spawn(world.call, s['fn'], None))


def map_async(world, group, s):
    return world.keep(s['slot'], group.map_async(mapped(world, s), s['items'], world.value_target(s['callback'])))


def iterated(kind):
    def run(world, frame, s):
        group = world.thing(s['group'])
        given = []
        results = getattr(group, kind)(mapped(world, s), s['items'], maxsize=s['maxsize'])
        while len(given) < s['most']:
            try:
                item = next(results)
            except StopIteration:
                return [given, 'all']
            world.log(frame.label, 'item', world.describer.value(item))
            given.append(item)
        return [given, 'enough']

    return run


def apply_async(world, group, s):
    greenlet = group.apply_async(world.call, (s['fn'], s['argument']), callback=world.value_target(s['callback']))
    return world.keep(s['slot'], greenlet)


def apply_cb(world, group, s):
    return group.apply_cb(world.call, (s['fn'], s['argument']), callback=world.value_target(s['callback']))


def read(world, group, s):
    free = group.free_count() if hasattr(group, 'free_count') else None
    return [len(group), bool(group.full()), free, [world.describer.name(each) for each in group]]


def kill(world, group, s):
    return group.kill(kill_error(s), block=s['block'], timeout=world.after(s['timeout']))


def killone(world, group, greenlet, s):
    return group.killone(greenlet, kill_error(s), block=s['block'], timeout=world.after(s['timeout']))


def join(world, group, s):
    return bool(group.join(timeout=world.after(s['timeout']), raise_error=s['raiseError']))


OPERATIONS = {
    'groupSpawn': on_group(spawn),
    'groupAdd': on_member(lambda world, group, greenlet, s: group.add(greenlet)),
    'groupStart': on_member(lambda world, group, greenlet, s: group.start(greenlet)),
    'groupDiscard': on_member(lambda world, group, greenlet, s: group.discard(greenlet)),
    'poolAdd': on_member(
        lambda world, group, greenlet, s: group.add(greenlet, blocking=s['block'], timeout=world.after(s['timeout']))
    ),
    'groupMap': on_group(lambda world, group, s: group.map(mapped(world, s), s['items'])),
    'groupMapAsync': on_group(map_async),
    'imap': iterated('imap'),
    'imapUnordered': iterated('imap_unordered'),
    'apply': on_group(lambda world, group, s: group.apply(world.call, (s['fn'], s['argument']))),
    'applyAsync': on_group(apply_async),
    'applyCb': on_group(apply_cb),
    'groupJoin': on_group(join),
    'groupKill': on_group(kill),
    'killone': on_member(killone),
    'groupRead': on_group(read),
    'waitAvailable': on_group(lambda world, group, s: group.wait_available(world.after(s['timeout']))),
}
