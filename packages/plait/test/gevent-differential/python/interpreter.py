"""Runs the programs of program.ts on gevent, and writes down everything that happens."""

import itertools

from gevent import getcurrent
from gevent._hub_local import set_hub
from gevent.hub import Hub

import core_statements
import pool_statements
import shared_statements
import timeout_statements
from describing import AppError, Describer, catches
from virtual_loop import VirtualLoop

OPERATIONS = {
    **core_statements.OPERATIONS,
    **timeout_statements.OPERATIONS,
    **shared_statements.OPERATIONS,
    **pool_statements.OPERATIONS,
}

UNSHOWN = ('op', 'body', 'handler', 'cleanup')


class Frame:
    """A running activation of a function."""

    __slots__ = ('label', 'argument')

    def __init__(self, label, argument):
        self.label = label
        self.argument = argument


class TracedHub(Hub):
    """What a hub would print goes into the trace."""

    world = None

    def print_exception(self, context, kind, value, traceback):
        world = self.world
        if isinstance(context, tuple):  # a link, and what it was of; a greenlet that the link resumed has no name
            context = context[1] if context[0] in world.callbacks.values() else None
        named = world.describer.names.get(id(context))
        world.log('hub', 'handles', named, world.describer.error(value))


class World:
    """One program under way, on a hub of its own."""

    def __init__(self, program, limits, loop):
        self.program = program
        self.limits = limits
        self.loop = loop
        self.hub = TracedHub(loop)
        self.hub.world = self
        set_hub(self.hub)
        self.trace = []
        self.ended = False
        self.made = itertools.count(1)
        self.describer = Describer()
        self.describer.know(getcurrent(), 'main')
        self.describer.know(self.hub, 'hub')
        self.known = []  # greenlets with names, in the order they were made
        self.slots = [None] * limits['slots']
        self.timeouts = [None] * limits['scopes']
        self.raw = None
        self.things = {}
        self.targets = {}
        self.callbacks = {}

    def time(self):
        return self.loop.time

    def after(self, ms):
        return ms

    def log(self, who, what, *details):
        if self.ended:
            return
        self.trace.append([self.time(), who, what, *details])
        if len(self.trace) >= self.limits['events']:
            self.trace.append([self.time(), 'world', 'too long'])
            self.ended = True

    # What statements refer to

    def fresh(self, prefix):
        return f'{prefix}{next(self.made)}'

    def keep(self, slot, greenlet):
        self.known.append(greenlet)
        self.slots[slot] = self.describer.know(greenlet, self.fresh('G'))
        return greenlet

    def greenlets(self, slots):
        return [self.slots[slot] for slot in slots if self.slots[slot] is not None]

    def objects(self, names):
        """Greenlets by their slots, and things by their names."""
        found = [self.slots[name] if isinstance(name, int) else self.thing(name) for name in names]
        return [each for each in found if each is not None]

    def thing(self, name):
        if name not in self.things:
            self.things[name] = self.describer.know(shared_statements.make_thing(name), name)
        return self.things[name]

    def current(self):
        return self.describer.name(getcurrent())

    # Functions and what calls them

    def call(self, index, argument):
        frame = Frame(f'F{index}#{next(self.made)}', argument)
        self.log(frame.label, 'starts', self.current(), argument)
        try:
            signal = self.block(frame, self.program['functions'][index])
        except BaseException as error:
            self.log(frame.label, 'fails', self.describer.error(error))
            raise
        value = (f'F{index}' if argument is None else argument) if signal is None else signal[0]
        self.log(frame.label, 'returns', value)
        return value

    def link_target(self, fn):
        """The same for the same function, so that it can be unlinked."""
        if fn not in self.targets:

            def target(source):
                self.log('link', 'called', self.describer.name(source))
                self.call(fn, None)

            self.targets[fn] = target
        return self.targets[fn]

    def value_target(self, fn):
        if fn is None:
            return None

        def target(value):
            self.log('callback', 'called', self.describer.value(value))
            self.call(fn, None)

        return target

    def callback(self, index):
        """Called in the hub: its statements never wait."""
        if index not in self.callbacks:
            frame = Frame(f'C{index}', None)

            def callback(source=None):
                self.log(frame.label, 'called', self.describer.name(source))
                self.block(frame, self.program['callbacks'][index])

            self.callbacks[index] = callback
        return self.callbacks[index]

    # Blocks

    def block(self, frame, statements):
        """Gives None when it ran to its end, else the value to return from the function, in a tuple."""
        for statement in statements:
            if self.ended:
                return (None,)
            compound = COMPOUND.get(statement['op'])
            signal = self.simple(frame, statement) if compound is None else compound(self, frame, statement)
            if signal is not None:
                return signal
        return None

    def simple(self, frame, statement):
        op = statement['op']
        self.log(frame.label, op, *(value for key, value in statement.items() if key not in UNSHOWN))
        if op == 'return':
            return (statement['value'],)
        try:
            value = OPERATIONS[op](self, frame, statement)
        except BaseException as error:
            self.log(frame.label, f'{op} throws', self.describer.error(error))
            raise
        self.log(frame.label, f'{op} gives', self.describer.value(value))
        return None

    def run(self):
        """The main body in the main greenlet; at its end the trace ends, with those that have not."""
        try:
            self.call(0, None)
        except BaseException:
            pass
        for greenlet in self.known:
            if not greenlet.ready():
                self.log(self.describer.name(greenlet), 'alive', bool(greenlet.started))
        self.ended = True
        return {'trace': self.trace}


def attempt(world, frame, s):
    """Python's try: the handler, if it takes the error, then the cleanup, whatever happened."""
    try:
        try:
            return world.block(frame, s['body'])
        except BaseException as error:
            handler = s['handler']
            if handler is None or world.ended or not catches(world, frame, handler, error):
                raise
            world.log(frame.label, 'catches', world.describer.error(error))
            signal = world.block(frame, handler['body'])
            if signal is not None:
                return signal
            if handler['leave'] == 'rethrow':
                raise
            if handler['leave'] == 'raise':
                raise AppError('from handler') from None
            return None
    finally:
        if s['cleanup'] is not None:
            world.log(frame.label, 'cleanup')
            signal = world.block(frame, s['cleanup'])
            if signal is not None:
                return signal


def repeat(world, frame, s):
    for _ in range(s['times']):
        signal = world.block(frame, s['body'])
        if signal is not None:
            return signal
    return None


def bounded(enter):
    """A block within a `with`."""

    def run(world, frame, s):
        op = s['op']
        world.log(frame.label, op, *(value for key, value in s.items() if key not in UNSHOWN))
        try:
            signal = None
            with enter(world, s):
                world.log(frame.label, f'{op} begins')
                signal = world.block(frame, s['body'])
        except BaseException as error:
            world.log(frame.label, f'{op} throws', world.describer.error(error))
            raise
        world.log(frame.label, f'{op} ends')
        return signal

    return run


COMPOUND = {
    'try': attempt,
    'repeat': repeat,
    'timeout': bounded(timeout_statements.make),
    'hold': bounded(lambda world, s: world.thing(s['lock'])),
}

kept = []  # greenlets that were left waiting would be thrown a GreenletExit when they are collected


def run_program(program, limits, make_loop=VirtualLoop, make_world=World):
    world = make_world(program, limits, make_loop())
    kept.append(world)
    return world.run()
