"""What locking adds to a submission: a fork of the server with NumPy loaded, locked and plain, in one run.

Run with ``python -I -B benchmarks/locks.py``. Printed is processor time (and wall time, which a busy machine distorts).
"""

from __future__ import annotations

import gc
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from grader.bench import packages
from grader.bench.locks import Limits, Locks

_FORKS = 100
_ROUNDS = 3


def main() -> None:
    """Compare."""
    print(f"NumPy {np.__version__}")
    locks = Locks("auto", readable=packages.files_of(["numpy"]))
    print("in force:", ", ".join(locks.in_force))
    gc.collect()
    gc.freeze()
    for _ in range(_ROUNDS):
        plain, plain_wall = measured(os.fork, lambda: None)
        locked, locked_wall = measured(locks.fork, lambda: locks.close(Limits(), keep=[0, 1, 2]))
        print(
            f"processor: plain {plain:.2f} ms, locked {locked:.2f} ms, added {locked - plain:.2f} ms; "
            f"wall: plain {plain_wall:.2f} ms, locked {locked_wall:.2f} ms",
            flush=True,
        )


def measured(fork: Callable[[], int], close: Callable[[], None]) -> tuple[float, float]:
    """Return processor and wall time of one fork to its end, in milliseconds."""
    before, start = _processor_s(), time.perf_counter()
    for _ in range(_FORKS):
        pid = fork()
        if pid == 0:
            close()
            os._exit(0)
        os.waitpid(pid, 0)
    return (_processor_s() - before) / _FORKS * 1e3, (time.perf_counter() - start) / _FORKS * 1e3


def _processor_s() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
