"""Benches through the fork server and as plain processes: they start, they end, and nothing of them is left."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from grader.bench.client import Bench, Clock, Gone
from grader.bench.launch import ForkServer, Spawner, launcher
from grader.course import Limits
from grader.errors import BenchError, MachineError
from grader.wire import Call, Load, Loaded, ask_frame

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="fork servers are for Linux")
LIMITS = Limits(time=20, memory=256 << 20)


def load(text: str, *names: str) -> Load:
    return Load("losses", {"losses.py": text.encode()}, None, list(names), "{name} may not be imported.", ["numpy"])


def benches_of(kind: str):
    return launcher(["numpy"], kind, LIMITS)


@pytest.fixture(scope="module", params=["auto", "none"])
def launched(request):
    made = benches_of(request.param)
    yield made
    made.close()


@pytest.fixture
def bench(launched):
    made = Bench(launched.start(), Clock(20), 1 << 20)
    yield made
    made.close()


def test_the_kind_of_launcher_follows_the_isolation():
    with_server, plain = benches_of("auto"), benches_of("none")
    assert isinstance(with_server, ForkServer)
    assert isinstance(plain, Spawner)
    with_server.close()


def test_a_bench_loads_answers_and_ends(bench):
    loaded = bench.load(load("def double(x):\n    print('hello')\n    return 2 * x", "double"), 5)
    assert isinstance(loaded, Loaded)
    replies, ended = bench.ask(ask_frame(3, [Call("double", [4])]), [(3, 0)], 5)
    assert ([reply.value for reply in replies], ended) == ([8], None)
    bench.close()
    assert bench.output == b"hello\n"
    assert bench.ending.code == -signal.SIGKILL


def test_a_bench_has_nothing_of_the_examiners_environment(bench):
    os.environ["A_SECRET"] = "canary"
    try:
        bench.load(load("import os\ndef f(): return sorted(os.environ.items())"), 5)
        replies, _ = bench.ask(ask_frame(0, [Call("f")]), [(0, 0)], 5)
    finally:
        del os.environ["A_SECRET"]
    assert "canary" not in repr(replies[0].value)
    assert ["OMP_NUM_THREADS", "1"] in replies[0].value


def test_one_bench_knows_nothing_of_another(launched):
    one, other = (Bench(launched.start(), Clock(20), 1 << 20) for _ in range(2))
    one.load(load("import numpy\nnumpy.MARK = 1"), 5)
    other.load(load("import numpy\ndef f(): return hasattr(numpy, 'MARK')"), 5)
    replies, _ = other.ask(ask_frame(0, [Call("f")]), [(0, 0)], 5)
    assert replies[0].value is False
    one.close()
    other.close()


def test_a_hanging_bench_is_killed_and_the_next_one_starts(launched):
    hanging = Bench(launched.start(), Clock(20), 1 << 20)
    ended = hanging.load(load("while True: pass"), 0.3)
    assert ended == Gone("timeout", "It took more than 0.3 seconds.")
    assert hanging.ending.code == -signal.SIGKILL
    following = Bench(launched.start(), Clock(20), 1 << 20)
    assert isinstance(following.load(load("x = 1"), 5), Loaded)
    following.close()


def test_what_a_forked_bench_used_is_known():
    server = benches_of("auto")
    bench = Bench(server.start(), Clock(20), 1 << 20)
    bench.load(load("x = sum(range(10**6))"), 5)
    bench.close()
    server.close()
    assert 0 < bench.ending.cpu_s < 5
    assert bench.ending.peak_bytes > 1 << 20


def test_closing_the_launcher_ends_the_server_and_its_benches():
    server = benches_of("auto")
    bench = Bench(server.start(), Clock(20), 1 << 20)
    assert isinstance(bench.load(load("import sys\nprint('here')"), 5), Loaded)
    server.close()
    wire = bench._process.wire
    wire.setblocking(True)
    assert wire.recv(1) == b""
    assert not os.path.exists(f"/proc/{server.pid}")
    wire.close()
    os.close(bench._process.output)


def test_a_server_that_was_killed_is_an_error_in_words():
    server = benches_of("auto")
    assert server.in_force is not None
    os.kill(server.pid, signal.SIGKILL)
    server._process.wait()
    with pytest.raises(BenchError, match=r"The fork server ended unexpectedly. Run `grade doctor`"):
        server.start()
    server.close()


def test_what_is_in_force_is_listed():
    server = benches_of("auto")
    assert set(server.in_force) <= {"landlock", "seccomp", "namespaces", "limits"}
    assert "limits" in server.in_force
    server.close()
    assert benches_of("none").in_force == ["limits"]


def test_strict_is_refused_where_there_are_no_locks(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(MachineError, match="Strict isolation needs Linux"):
        benches_of("strict")


def test_another_system_gets_plain_processes(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert isinstance(benches_of("auto"), Spawner)


def test_a_package_that_is_not_installed_is_an_error_not_a_silence():
    server = launcher(["numpy", "a_package_nobody_has"], "auto", LIMITS)
    with pytest.raises((MachineError, BenchError)):
        server.start()
    server.close()
