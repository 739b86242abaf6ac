"""What stands between a block and what runs it. Each way is called with a world, a block to run and a number."""

import functools
import re


def function_way(world, block, times):
    def deep(left):
        signal = block() if left == 0 else deep(left - 1)
        world.log("level", left)
        return signal

    return deep(times)


class Levels:
    def __init__(self, world, block):
        self.world = world
        self.block = block

    def deep(self, left):
        signal = self.block() if left == 0 else self.deep(left - 1)
        self.world.log("level", left)
        return signal


class MoreLevels(Levels):
    def deep(self, left):
        signal = super().deep(left)
        self.world.log("more", left)
        return signal


def closure_way(world, block, times):
    level = block
    for left in range(times):
        level = functools.partial(lambda inner, left: (inner(), world.log("level", left))[0], level, left)
    return level()


class Made:
    def __init__(self, world, block):
        self.before = world.name(world.find("self"))
        self.signal = block()
        world.log("constructed", self.before)


class Holder:
    def __init__(self, world, block):
        self.world = world
        self.block = block
        self.signal = None

    @property
    def read(self):
        signal = self.block()
        self.world.log("read")
        return signal

    @property
    def written(self):
        return None

    @written.setter
    def written(self, number):
        self.signal = self.block()
        self.world.log("written", number)


def setter_way(world, block, times):
    holder = Holder(world, block)
    holder.written = times
    return holder.signal


class Rounds:
    def __init__(self, world, block, times):
        self.world = world
        self.block = block
        self.left = times

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        signal = self.block()
        self.world.log("next", self.left)
        return signal


def rounds(world, block, times):
    for number in range(times):
        signal = block()
        world.log("yields", number)
        yield signal


def first_signal(signals):
    for signal in signals:
        if signal is not None:
            return signal
    return None


def once(world, block):
    signal = block()
    world.log("awaited")
    return signal


def numbered(world, block):
    def call(first, second):
        signal = block()
        world.log("called", first, second)
        return signal

    return call


CALLS = {
    "function": function_way,
    "method": lambda world, block, times: Levels(world, block).deep(times),
    "super": lambda world, block, times: MoreLevels(world, block).deep(times),
    "closure": closure_way,
    "constructor": lambda world, block, times: Made(world, block).signal,
    "getter": lambda world, block, times: Holder(world, block).read,
    "setter": setter_way,
    "iterator": lambda world, block, times: first_signal(Rounds(world, block, times)),
    "generator": lambda world, block, times: first_signal(rounds(world, block, times)),
    "coroutine": lambda world, block, times: once(world, block),
    "bound": lambda world, block, times: functools.partial(numbered(world, block), times)(1),
    "spread": lambda world, block, times: numbered(world, block)(*[times, 2]),
}


def callbacks(world, block):
    """Callbacks with their results: whether the block returned, and what it gives for a number."""

    def returned(number=None, *_):
        signal = block()
        world.log("back", number)
        return signal is not None

    def given(number):
        signal = block()
        world.log("back", number)
        return number if signal is None else world.describe(world.value(signal[0]))

    return returned, given


def with_callback(way, world, block, times):
    returned, given = callbacks(world, block)
    numbers = range(times)
    if way in ("map", "from"):
        return list(map(given, numbers))
    if way in ("forEach", "mapForEach"):
        for number in numbers:
            returned(number)
        return None
    if way == "filter":
        return list(filter(returned, numbers))
    if way == "reduce":
        return functools.reduce(lambda sum, number: sum * 2 + returned(number), numbers, 1)
    if way == "some":
        return any(map(returned, numbers))
    if way == "every":
        return all(map(lambda number: not returned(number), numbers))
    if way == "find":
        return next(filter(returned, numbers), None)
    if way == "sort":
        # Two items are compared once, whoever sorts.
        return sorted([1, 1], key=functools.cmp_to_key(lambda *_: returned() and 0))
    if way == "flatMap":
        return [item for number in numbers for item in (number, given(number))]
    return re.sub("x", lambda _: "y" if returned() else "n", "x" * times)
