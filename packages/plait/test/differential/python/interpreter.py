"""Runs the programs of program.ts on CPython's asyncio, and writes down everything that happens."""

import asyncio
import asyncio.events
import contextvars
import gc
import itertools
import json
import sys
import warnings

import plain_statements
import queue_statements
import sync_statements
import waiting_statements
from app_errors import describe
from things import SharedThings
from virtual_loop import VirtualLoop

PLAIN = {**plain_statements.PLAIN, **sync_statements.PLAIN, **queue_statements.PLAIN}
WAITING = {**waiting_statements.WAITING, **sync_statements.WAITING, **queue_statements.WAITING}

warnings.simplefilter('ignore')
sys.unraisablehook = lambda *ignored: None  # coroutines left unfinished at the end complain when collected


class Frame:
    """A running coroutine of a body: its own name, and that of the task it runs in."""

    __slots__ = ('label', 'root')

    def __init__(self, label, root):
        self.label = label
        self.root = root


class World:
    """One program under way."""

    def __init__(self, program, limits):
        self.program = program
        self.limits = limits
        self.loop = VirtualLoop()
        self.trace = []
        self.seen = set()  # features that the trace does not show
        self.ended = False
        self.made = itertools.count()
        self.renewed = itertools.count(1)
        self.names = {}  # id of a future -> its name
        self.known = []  # named tasks and futures, in the order they were made
        self.slots = [None] * limits['slots']
        self.scopes = [None] * limits['scopes']
        self.groups = [None] * limits['groups']
        self.handles = [None] * limits['handles']
        self.futures = []
        self.shared = SharedThings()
        self.shared_context = contextvars.copy_context()
        self.callbacks = [self.make_callback(index) for index in range(len(program['callbacks']))]
        self.blocked = {}  # name of a waiting task -> names of those that a cancel would pass to

    # The trace

    def log(self, who, what, *details):
        if self.ended:
            return
        self.trace.append([int(self.loop.now), who, what, *details])
        if len(self.trace) >= self.limits['events']:
            self.trace.append([int(self.loop.now), 'loop', 'too long'])
            self.ended = True
            self.loop.stop()

    def saw(self, features):
        if not self.ended:
            self.seen.update(features)

    def know(self, thing, name):
        self.names[id(thing)] = name
        self.known.append(thing)
        return thing

    def name(self, thing):
        """Tasks that asyncio makes by itself have no name in common with the other side."""
        if isinstance(thing, asyncio.Task):
            name = thing.get_name()
            return name if '#' in name else 'unnamed'
        return self.names.get(id(thing), 'unnamed')

    def state(self, future):
        if not future.done():
            return ['pending']
        try:
            return ['result', future.result()]
        except BaseException as error:
            return ['cancelled' if future.cancelled() else 'error', describe(error)]

    # What statements refer to

    def target(self, text):
        if text == 'self':
            return asyncio.current_task()
        return (self.slots if text[0] == 'T' else self.futures)[int(text[1:])]

    def thing(self, frame, text, own_task):
        """A target, or a fresh coroutine of a body; and its name."""
        if text[0] == 'B':
            body = int(text[1:])
            label = self.fresh(body)
            return self.body(body, label, label if own_task else frame.root), label
        found = self.target(text)
        return found, self.name(found)

    def fresh(self, body):
        return f'B{body}#{next(self.made)}'

    def trouble(self, frame, text):
        """Why a thing cannot be waited for: it is not there, or a cancel would go round in a circle for ever."""
        if text[0] == 'B':
            return None
        found = self.target(text)
        if found is None:
            return 'empty'
        # By the frame, since a task that asyncio made by itself does not know its own name.
        name = frame.root if text == 'self' else self.name(found)
        return 'circular' if frame.root in self.below(name, set()) else None

    def below(self, name, found):
        """Those that a cancel of this one would come to; each once, however many ways lead there."""
        if name not in found:
            found.add(name)
            for other in self.blocked.get(name, ()):
                self.below(other, found)
        return found

    # Bodies, blocks and callbacks

    async def body(self, index, label, root):
        self.log(label, 'starts')
        try:
            signal = await self.block(Frame(label, root), self.program['bodies'][index])
        except BaseException as error:
            self.log(label, 'fails', describe(error))
            raise
        value = None if signal is None else signal[0]
        self.log(label, 'returns', value)
        return value

    async def block(self, frame, statements):
        """Gives None when it ran to its end, else the value to return from the body, in a tuple."""
        for statement in statements:
            if self.ended:
                return (None,)
            op = statement['op']
            if op == 'return':
                self.log(frame.label, 'return', statement['value'])
                return (statement['value'],)
            plain = PLAIN.get(op)
            if plain is not None:
                plain(self, frame, statement)
                continue
            signal = await WAITING[op](self, frame, statement)
            if signal is not None:
                return signal
        return None

    def make_callback(self, index):
        frame = Frame(f'C{index}', None)

        def callback(*done):
            self.log(frame.label, 'called', *([self.name(done[0]), *self.state(done[0])] if done else []))
            for statement in self.program['callbacks'][index]:
                if self.ended:
                    return
                PLAIN[statement['op']](self, frame, statement)

        return callback

    def handle_error(self, loop, context):
        if 'handle' in context:
            self.log('loop', 'handles', describe(context['exception']))

    # From beginning to end

    def run(self):
        loop = self.loop
        loop.set_exception_handler(self.handle_error)
        loop.call_at(self.limits['deadline'], self.finish)
        loop.call_soon(self.begin)
        try:
            loop.run_forever()
        finally:
            self.ended = True
            loop.close()
        return {'trace': self.trace, 'seen': sorted(self.seen)}

    def begin(self):
        for index in range(self.program['futures']):
            self.futures.append(self.know(self.loop.create_future(), f'F{index}'))
        label = self.fresh(0)
        self.slots[0] = self.know(self.loop.create_task(self.body(0, label, label), name=label), label)

    def finish(self):
        for thing in self.known:
            self.log(self.name(thing), 'ends', *self.state(thing))
        self.ended = True
        self.loop.stop()


def run_batch(text):
    """Runs a batch of programs; JSON in, JSON out."""
    batch = json.loads(text)
    running = asyncio.events._get_running_loop()
    asyncio.events._set_running_loop(None)
    gc.disable()
    try:
        return json.dumps([World(program, batch['limits']).run() for program in batch['programs']])
    finally:
        gc.enable()
        asyncio.events._set_running_loop(running)
        gc.collect()
