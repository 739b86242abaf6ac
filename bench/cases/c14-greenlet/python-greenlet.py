import pathlib
import sys

import greenlet

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "gevent"))

from measured import SIZE, measure, must_be

STARTED = SIZE // 10


def hand_over():
    def one():
        for _ in range(0, SIZE, 2):
            second.switch()

    def other():
        for _ in range(0, SIZE, 2):
            first.switch()

    first = greenlet.greenlet(one)
    second = greenlet.greenlet(other)
    first.switch()


def give(i):
    return i


def start_and_end():
    made = [greenlet.greenlet(give) for _ in range(STARTED)]
    for i, one in enumerate(made):
        last = one.switch(i)
    must_be("the last one", last, STARTED - 1)


measure("switch", SIZE, hand_over)
measure("make, start and end", STARTED, start_and_end)
