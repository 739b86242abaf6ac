"""Does the virtual clock tell the truth? Runs programs on gevent's own loop as well, where a millisecond takes five;
those that differ once more, and slower: the machine may have been busy.

    python3 real_clock.py < BATCH

Of programs with timers that are due together gevent leaves the order open; those are left out.
"""

import functools
import gc
import json
import os
import sys
import time
import warnings

from gevent._config import config

from interpreter import World, run_program
from virtual_loop import VirtualLoop

SCALES = (0.005, 0.04)


class RealWorld(World):
    def __init__(self, scale, *args):
        super().__init__(*args)
        self.scale = scale
        self.began = time.monotonic()

    def time(self):
        return int((time.monotonic() - self.began) / self.scale)

    def after(self, ms):
        return None if ms is None else ms * self.scale


def order(run):
    return [event[1:] for event in run['trace']]


def real_order(program, limits, scale):
    make_loop = functools.partial(config.loop, default=False)
    return order(run_program(program, limits, make_loop, functools.partial(RealWorld, scale)))


def main():
    gc.disable()
    warnings.simplefilter('ignore')
    batch = json.load(sys.stdin)
    compared = different = 0
    for index, program in enumerate(batch['programs']):
        loop = VirtualLoop()
        virtual = order(run_program(program, batch['limits'], lambda: loop))
        if loop.has_ties:
            continue
        compared += 1
        for scale in SCALES:
            real = real_order(program, batch['limits'], scale)
            if real == virtual:
                break
        else:
            different += 1
            pairs = enumerate(zip(virtual, real))
            at = next((n for n, pair in pairs if pair[0] != pair[1]), min(len(virtual), len(real)))
            print(f'program {index}, event {at}:', virtual[at : at + 1], real[at : at + 1])
    print(f'{compared} programs without ties, {different} in another order on the real clock')
    sys.stdout.flush()
    os._exit(1 if different else 0)


main()
