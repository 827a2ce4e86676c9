"""What a bench may use up: its limits."""

from __future__ import annotations

import signal

import pytest
from locked import AS_NOBODY, WITHOUT_NAMESPACES, locked, says

from grader.bench.limits import Limits, words_for

MIB = 2**20


@pytest.mark.parametrize("prelude", ["", AS_NOBODY, WITHOUT_NAMESPACES], ids=["as it is", "as nobody", "no namespaces"])
def test_more_memory_than_the_limit_is_a_memory_error_and_less_is_fine(prelude: str) -> None:
    room = locked(
        "bytearray(200 << 20)",
        "kept = [bytearray(1 << 20) for _ in range(200)]",
        "result = len(bytearray(80 << 20)) >> 20",
        "import mmap; [mmap.mmap(-1, 64 << 20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) for _ in range(3)]",
        "import mmap; mmap.mmap(-1, 1 << 40, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ)",
        limits={"memory": 128 * MIB},
        prelude=prelude,
    )
    assert room.said[:3] == ["MemoryError: ", "MemoryError: ", "80"]
    assert all(said.startswith("OSError: [Errno 12]") for said in room.said[3:]), room.said


def test_an_array_that_is_too_large_is_a_memory_error() -> None:
    pytest.importorskip("numpy")
    room = locked(
        "import numpy as np; np.ones((1 << 14, 1 << 14))",
        "import numpy as np; kept = [np.random.rand(1 << 20) for _ in range(100)]",
        "import numpy as np; a = np.random.rand(600, 600); result = (a @ a).shape",
        packages=("numpy",),
        limits={"memory": 256 * MIB},
    )
    assert all("MemoryError" in said for said in room.said[:2]), room.said
    assert room.said[2] == "(600, 600)"


@pytest.mark.parametrize("prelude", ["", AS_NOBODY, WITHOUT_NAMESPACES], ids=["as it is", "as nobody", "no namespaces"])
def test_no_more_threads_than_the_limit_and_each_bench_counts_its_own(prelude: str) -> None:
    code = """
        import threading
        threading.stack_size(1 << 16)
        stop, started = threading.Event(), 0
        try:
            while started < 40:
                threading.Thread(target=stop.wait, daemon=True).start(); started += 1
        except RuntimeError:
            pass
        result = started
        """
    assert locked(code, code, limits={"threads": 12}, prelude=prelude).said == ["11", "11"]


def test_processor_time_ends_a_bench_that_ignores_the_signal() -> None:
    bench = locked(
        "import signal; signal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass", limits={"cpu_s": 1}
    ).ended[0]
    assert bench.code == -signal.SIGKILL
    assert bench.said == ""


def test_descriptors_are_few_and_no_core_is_left() -> None:
    room = locked(
        "import os; [os.dup(0) for _ in range(100)]",
        "import resource as r; result = r.getrlimit(r.RLIMIT_CORE), r.getrlimit(r.RLIMIT_MSGQUEUE)",
        "import ctypes; result = ctypes.CDLL(None).prctl(3)",
    )
    assert room.said[0].startswith("OSError: [Errno 24]")
    assert room.said[1:] == ["((0, 0), (0, 0))", "0"]


def test_a_limit_cannot_be_raised_again() -> None:
    said = says(
        """
        import resource
        refused = []
        for name in dir(resource):
            if name.startswith('RLIMIT_'):
                which = getattr(resource, name)
                hard = resource.getrlimit(which)[1]
                if hard != -1:
                    try:
                        resource.setrlimit(which, (hard, hard + 1))
                    except ValueError:
                        continue
                    refused.append(name)
        result = refused
        """
    )
    assert said == "[]"


def test_which_limit_ended_a_bench_is_said_in_words() -> None:
    limits = Limits(cpu_s=60)
    assert words_for(limits, signal.SIGXCPU, 60.2) == "used more than 60 s of processor time"
    assert words_for(limits, signal.SIGKILL, 61.0) == "used more than 60 s of processor time"
    assert words_for(limits, signal.SIGKILL, 2.0) is None
    assert words_for(limits, signal.SIGSEGV, 61.0) is None
    assert words_for(limits, 0, 1.0) is None
