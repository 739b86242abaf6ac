# gevent, patched; each greenlet keeps a connection of its own and takes the next address.
from gevent import monkey

monkey.patch_all()

import http.client
import os
import pathlib
import subprocess
import sys
import time

import gevent

SIZE = int(sys.argv[1])
PAGE = 1024
WARM_UPS = 1
REPETITIONS = 3

server = pathlib.Path(__file__).resolve().parents[2] / "crawl" / "server.mjs"
process = subprocess.Popen(
    [os.environ.get("NODE", "node"), server], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
)
port = int(process.stdout.readline())

for at_once in (100, 1000):
    connections = [http.client.HTTPConnection("127.0.0.1", port) for _ in range(at_once)]
    values = []
    for repetition in range(WARM_UPS + REPETITIONS):
        left = iter(range(SIZE))
        count = 0

        def worker(connection):
            global count
            for i in left:
                connection.request("GET", f"/{i}")
                page = connection.getresponse().read()
                count += len(page)

        start = time.perf_counter()
        gevent.joinall([gevent.spawn(worker, connection) for connection in connections])
        took = (time.perf_counter() - start) * 1e3
        if count != SIZE * PAGE:
            raise AssertionError(f"the number of bytes is {count}, not {SIZE * PAGE}")
        if repetition >= WARM_UPS:
            values.append(took)
    print("R", f"{at_once} at a time", "ms", *("%.6g" % value for value in values), sep="\t", flush=True)
    for connection in connections:
        connection.close()
process.stdin.close()
os._exit(0)
