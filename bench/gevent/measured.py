"""What the Python sides of case 14 share: the same work at the same size, in processor time of the thread."""

import gc
import sys
import time

SIZE = int(sys.argv[1])
HOUR = 3600
WARM_UPS = 2
REPETITIONS = 5


def must_be(what, actual, expected):
    if actual != expected:
        raise AssertionError(f"{what} is {actual}, not {expected}")


def emit(metric, values):
    print("R", metric, "ns", *("%.6g" % value for value in values), sep="\t", flush=True)


def measure(metric, operations, body):
    """`body` gives what it took in ns, or nothing, and then all of it is what it took."""
    values = []
    for repetition in range(WARM_UPS + REPETITIONS):
        gc.collect()
        start = time.thread_time_ns()
        took = body()
        if took is None:
            took = time.thread_time_ns() - start
        if repetition >= WARM_UPS:
            values.append(took / operations)
    emit(metric, values)
