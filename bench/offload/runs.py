"""What the Python sides of case 9 share: the same work, handed to an executor of concurrent.futures from asyncio."""

import asyncio
import gc
import math
import os
import sys
import time

SIZE = int(sys.argv[1])
MIB = 2**20
PARCELS = 4
COPIES = max(1, round(SIZE / 50 / PARCELS))
TRANSFERS = max(1, round(SIZE / 10 / PARCELS))
COMPUTATIONS = 8
# fib(26) takes Python about as long as fib(32) takes the others. It goes with the size, as theirs does.
FIB_OF = 26 + round(math.log(SIZE / 5_000) / math.log(1.618))
WARM_UPS = 1
REPETITIONS = 3


def noop(x):
    return x


def echo(data):
    return data


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def fibonacci(n):
    value, following = 0, 1
    for _ in range(n):
        value, following = following, value + following
    return value


def must_be(what, actual, expected):
    if actual != expected:
        raise AssertionError(f"{what} is {actual}, not {expected}")


class Parcel:
    """1 MiB that goes to a worker and comes back: what came back is what goes next, so no trip may harm it."""

    def __init__(self):
        self._expected = bytearray(os.urandom(MIB))
        self._data = bytearray(self._expected)
        self._trips = 0

    def send(self):
        self._trips += 1
        self._data[0] = self._data[-1] = self._trips % 256
        return self._data

    def receive(self, data):
        must_be("the number of bytes that came back", len(data), MIB)
        must_be("the first byte", data[0], self._trips % 256)
        must_be("the last byte", data[-1], self._trips % 256)
        self._data = data

    def check(self):
        self._expected[0] = self._expected[-1] = self._trips % 256
        must_be("whether the bytes are the same", self._data == self._expected, True)


def emit(metric, unit, values):
    print("R", metric, unit, *(f"{value:.6g}" for value in values), sep="\t", flush=True)


class Runs:
    """The runs on a pool of 2 workers, and one of 1 for the computation."""

    def __init__(self, one, two):
        self._loop = asyncio.get_running_loop()
        self._one = one
        self._two = two
        self._parcels = [Parcel() for _ in range(PARCELS)]

    async def one_by_one(self):
        for i in range(SIZE):
            must_be("the result", await self._loop.run_in_executor(self._two, noop, i), i)

    async def burst(self):
        jobs = [self._loop.run_in_executor(self._two, noop, i) for i in range(SIZE)]
        must_be("the list of results", await asyncio.gather(*jobs), list(range(SIZE)))

    async def travel(self, trips):
        await asyncio.gather(*(self._travels(parcel, trips) for parcel in self._parcels))

    async def _travels(self, parcel, trips):
        for _ in range(trips):
            parcel.receive(await self._loop.run_in_executor(self._two, echo, parcel.send()))

    def check_parcels(self):
        for parcel in self._parcels:
            parcel.check()

    async def inline(self):
        for _ in range(COMPUTATIONS):
            must_be("fib", fib(FIB_OF), fibonacci(FIB_OF))

    async def on_one(self):
        await self._compute(self._one)

    async def on_two(self):
        await self._compute(self._two)

    async def _compute(self, pool):
        jobs = [self._loop.run_in_executor(pool, fib, FIB_OF) for _ in range(COMPUTATIONS)]
        must_be("the list of results", await asyncio.gather(*jobs), [fibonacci(FIB_OF)] * COMPUTATIONS)


async def measure(make_pool, shares_memory):
    with make_pool(1) as one, make_pool(2) as two:
        runs = Runs(one, two)
        trips = TRANSFERS if shares_memory else COPIES
        bodies = {
            "one by one": (runs.one_by_one, SIZE),
            "burst": (runs.burst, SIZE),
            "travel": (lambda: runs.travel(trips), PARCELS * trips),
            "inline": (runs.inline, 1),
            "1 worker": (runs.on_one, 1),
            "2 workers": (runs.on_two, 1),
        }
        samples = {name: [] for name in bodies}
        for repetition in range(WARM_UPS + REPETITIONS):
            for name, (body, operations) in bodies.items():
                gc.collect()
                start = time.perf_counter()
                await body()
                took = (time.perf_counter() - start) / operations
                if repetition >= WARM_UPS:
                    samples[name].append(took)
            runs.check_parcels()
    show(samples, shares_memory)


def show(samples, shares_memory):
    emit("no-op, one by one", "µs", [took * 1e6 for took in samples["one by one"]])
    emit("no-op, burst", "µs", [took * 1e6 for took in samples["burst"]])
    travel = "1 MiB, transferred" if shares_memory else "1 MiB, copied"
    emit(travel, "µs", [took * 1e6 for took in samples["travel"]])
    if not shares_memory:
        emit(f"{travel}, both ways", "MB/s", [2 * MIB / 1e6 / took for took in samples["travel"]])
    for where in ("inline", "1 worker", "2 workers"):
        emit(f"{COMPUTATIONS} x fib({FIB_OF}), {where}", "ms", [took * 1e3 for took in samples[where]])
    for where in ("1 worker", "2 workers"):
        ratios = [alone / took for alone, took in zip(samples["inline"], samples[where])]
        emit(f"speed-up on {where}", "x", ratios)
