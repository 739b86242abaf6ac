# A pool of threads, which share the bytes: there is nothing to copy. One lock lets only one of them compute at a time.
import asyncio
import pathlib
import sys
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "offload"))

from runs import measure

asyncio.run(measure(ThreadPoolExecutor, shares_memory=True))
