import pathlib
import sys
import time

import gevent
from gevent.pool import Pool

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "gevent"))

from measured import HOUR, SIZE, measure, must_be

SPAWNED = SIZE // 4


def by_turns():
    def turns():
        for _ in range(SIZE // 2):
            gevent.sleep(0)

    gevent.joinall([gevent.spawn(turns), gevent.spawn(turns)])


def give(i):
    return i


def spawn_and_join():
    made = [gevent.spawn(give, i) for i in range(SPAWNED)]
    gevent.joinall(made)
    must_be("the last one", made[-1].value, SPAWNED - 1)


def kills():
    started = ended = 0

    def asleep():
        nonlocal started, ended
        started += 1
        try:
            gevent.sleep(HOUR)
        finally:
            ended += 1

    made = [gevent.spawn(asleep) for _ in range(SPAWNED)]
    while started < SPAWNED:
        gevent.sleep(0)
    start = time.thread_time_ns()
    gevent.killall(made)
    took = time.thread_time_ns() - start
    must_be("the number ended", ended, SPAWNED)
    return took


def doubled(value):
    gevent.sleep(0)
    return value * 2


def mapped():
    must_be("the sum", sum(Pool(100).map(doubled, range(SPAWNED))), SPAWNED * (SPAWNED - 1))


measure("switch", SIZE, by_turns)
measure("spawn and join", SPAWNED, spawn_and_join)
measure("kill and join", SPAWNED, kills)
measure("a pool's map", SPAWNED, mapped)
