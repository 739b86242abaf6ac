"""Does the virtual clock tell the truth? Runs programs on gevent's own loop as well, where a millisecond takes five.

    python3 real_clock.py < BATCH

Of programs with timers that are due together gevent leaves the order open; those are left out.
"""

import gc
import json
import os
import sys
import time
import warnings

from gevent._config import config

from interpreter import World, run_program
from virtual_loop import VirtualLoop

SCALE = 0.005


class RealWorld(World):
    def __init__(self, *args):
        super().__init__(*args)
        self.began = time.monotonic()

    def time(self):
        """Rounded down: a timer is never early, and late by less than one of ours where the machine is idle."""
        return int((time.monotonic() - self.began) / SCALE)

    def after(self, ms):
        return None if ms is None else ms * SCALE


def main():
    gc.disable()
    warnings.simplefilter('ignore')
    batch = json.load(sys.stdin)
    compared = different = 0
    for index, program in enumerate(batch['programs']):
        loop = VirtualLoop()
        virtual = run_program(program, batch['limits'], lambda: loop)
        if loop.has_ties:
            continue
        real = run_program(program, batch['limits'], lambda: config.loop(default=False), RealWorld)
        compared += 1
        orders = [[event[1:] for event in run['trace']] for run in (virtual, real)]
        if orders[0] != orders[1]:
            different += 1
            at = next(
                (n for n, pair in enumerate(zip(*orders)) if pair[0] != pair[1]), min(map(len, orders))
            )
            print(f'program {index}, event {at}:', *(order[at : at + 1] for order in orders))
    print(f'{compared} programs without ties, {different} in another order on the real clock')
    sys.stdout.flush()
    os._exit(1 if different else 0)


main()
