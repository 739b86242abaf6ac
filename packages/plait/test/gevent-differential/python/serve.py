"""Runs batches of programs: JSON in, a line each, JSON out."""

import gc
import json
import os
import sys
import warnings

import gevent

from interpreter import run_program


def main():
    gc.disable()
    warnings.simplefilter('ignore')
    answers = sys.stdout
    sys.stdout = sys.stderr
    print(json.dumps({'gevent': gevent.__version__}), file=answers, flush=True)
    for line in sys.stdin:
        batch = json.loads(line)
        runs = [run_program(program, batch['limits']) for program in batch['programs']]
        print(json.dumps(runs), file=answers, flush=True)
    os._exit(0)


main()
