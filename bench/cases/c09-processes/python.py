# A pool of processes.
import asyncio
import multiprocessing
import os
import pathlib
import sys
import threading
from concurrent.futures import ProcessPoolExecutor

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "offload"))

from runs import measure


def end_with_parent():
    """Has a worker end when the side is killed: it would wait for jobs for ever."""

    def watch():
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def make_pool(workers):
    return ProcessPoolExecutor(workers, initializer=end_with_parent)


# A process that is not forked but started anew imports this file again.
if __name__ == "__main__":
    asyncio.run(measure(make_pool, shares_memory=False))
