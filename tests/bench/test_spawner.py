"""A bench without locks: a plain process, as elsewhere than on Linux, which still has the limits that it claims."""

from __future__ import annotations

import os
import sys
import textwrap
import time

import numpy as np
import pytest

from grader import wire
from grader.bench.client import Bench, Clock, Gone
from grader.bench.launch import ForkServer, Spawner, launcher
from grader.bench.limits import Limits
from grader.course import Limits as CourseLimits
from grader.errors import MachineError

MIB = 2**20


@pytest.fixture
def bench():
    """Put a module on a plain bench."""
    benches = []

    def begin(source: str, **limits) -> Bench:
        benches.append(Bench(Spawner([], Limits(**limits)).start(), Clock(60), MIB))
        loaded = benches[-1].load(
            wire.Load("answer", {"answer.py": source.encode()}, None, ["f"], "{name} may not be imported.", ["numpy"]),
            20.0,
        )
        assert isinstance(loaded, wire.Loaded)
        assert loaded.raised is None
        return benches[-1]

    yield begin
    for one in benches:
        one.close()


def ask(bench: Bench, *args, seconds: float = 20.0) -> wire.Reply | Gone:
    """Call f, and return its answer or why there is none."""
    replies, gone = bench.ask(wire.ask_frame(0, [wire.Call("f", list(args))]), [(0, 0)], seconds)
    return replies[0] if replies else gone


def test_it_answers(bench):
    answer = ask(bench("def f(x):\n    print('hello')\n    return 2 * x"), np.ones(3))
    assert answer.value.tolist() == [2, 2, 2]


def test_a_call_that_takes_too_long_ends_it(bench):
    plain = bench("import time\ndef f():\n    time.sleep(1000)")
    assert ask(plain, seconds=0.2).fate == "timeout"
    assert plain.ending.code == -9


def test_its_death_is_told(bench):
    assert ask(bench("import os\ndef f():\n    os.abort()")).words == "It crashed (SIGABRT)."


def test_its_environment_is_not_the_examiners(bench, monkeypatch):
    monkeypatch.setenv("SECRET", "42")
    assert ask(bench("import os\ndef f():\n    return os.environ.get('SECRET')")).value is None


@pytest.mark.skipif(sys.platform != "linux", reason="limits are Linux's")
class TestTheLimitsItClaims:
    def test_memory(self, bench):
        plain = bench("def f(n):\n    return len(bytearray(n))", memory=128 * MIB)
        assert ask(plain, 64 * MIB).value == 64 * MIB
        assert ask(plain, 256 * MIB).raised.type == "MemoryError"

    def test_processor_time(self, bench):
        gone = ask(bench("def f():\n    while True: pass", cpu_s=1))
        assert gone.fate == "died"
        assert "processor time" in gone.words

    def test_threads(self, bench):
        source = """
            import threading
            def f():
                stop, started = threading.Event(), 0
                try:
                    while started < 3000:
                        threading.Thread(target=stop.wait, daemon=True).start(); started += 1
                except RuntimeError:
                    pass
                stop.set()
                return started
        """
        started = ask(bench(textwrap.dedent(source), threads=12)).value
        assert started == 11 if os.geteuid() == 0 else started < 3000

    def test_a_file(self, bench, tmp_path):
        source = "def f(path):\n    with open(path, 'wb') as file:\n        return file.write(bytes(8 << 20))"
        gone = ask(bench(source, disk=MIB), str(tmp_path / "large"))
        assert "OSError" in gone.raised.type if isinstance(gone, wire.Reply) else "SIGXFSZ" in gone.words
        assert (tmp_path / "large").stat().st_size <= MIB

    def test_it_says_limits_and_no_more(self):
        assert Spawner([], Limits()).in_force == ["limits"]


def test_what_it_started_in_its_session_is_gone_with_it(bench):
    plain = bench("import subprocess\ndef f():\n    return subprocess.Popen(['sleep', '1000']).pid")
    pid = ask(plain).value
    plain.close()
    end = time.monotonic() + 10
    while os.path.exists(f"/proc/{pid}") and _is_running(pid):
        assert time.monotonic() < end
        time.sleep(0.01)


def _is_running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
            return stat.read().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def test_other_systems_get_a_plain_process_and_no_strict(monkeypatch):
    monkeypatch.setattr("grader.bench.launch.sys.platform", "darwin")
    plain = launcher(["numpy"], "auto", CourseLimits())
    assert isinstance(plain, Spawner)
    assert plain.in_force == []
    with pytest.raises(MachineError, match="needs Linux"):
        launcher(["numpy"], "strict", CourseLimits())


def test_a_fork_server_that_is_gone_is_told_in_words(monkeypatch):
    from grader.errors import BenchError

    server = launcher(["numpy"], "auto", CourseLimits())
    assert isinstance(server, ForkServer)
    try:
        assert server.in_force
        server._process.kill()
        server._process.wait()
        with pytest.raises(BenchError, match="ended unexpectedly"):
            server.start()
    finally:
        server.close()
