"""What a bench may ask of the kernel: seccomp's lock on calls."""

from __future__ import annotations

import platform
import signal

import pytest
from locked import WITHOUT_NAMESPACES, locked, says

from grader.bench import bpf, seccomp, syscalls

pytestmark = pytest.mark.skipif(seccomp.missing() is not None, reason=str(seccomp.missing()))

EPERM = "PermissionError: [Errno 1] Operation not permitted"


REFUSED = [
    "import socket; socket.socket()",
    "import socket; socket.socket(socket.AF_UNIX)",
    "import socket; socket.socketpair()",
    "import os; os.fork()",
    "import os; os.posix_spawn('/bin/true', ['true'], {})",
    "import os; os.execv('/bin/true', ['true'])",
    "import subprocess; subprocess.run(['/bin/true'])",
    "import os; os.system('true') == 0 or os.kill(1 << 21, 0)",
    "import os; os.memfd_create('x')",
    "import os; os.pidfd_open(os.getpid())",
    "import os; os.chmod('/usr/lib/locale', 0o777)",
    "import os; os.utime(os.__file__)",
    "import os; os.chown(os.__file__, 0, 0)",
    "import os; os.setxattr(os.__file__, 'user.x', b'x')",
    "import os; os.mkfifo('pipe')",
    "import os; os.kill(-1, 9)",
    "import os; os.killpg(0, 9)",
    "import os; os.setuid(0)",
    "import os; os.pipe2(os.O_DIRECT)",
    "import mmap; mmap.mmap(-1, 4096)",
    "import mmap; mmap.mmap(-1, 4096, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS, mmap.PROT_READ)",
    "import fcntl, os; fcntl.fcntl(os.pipe()[1], 1031, 1 << 20)",
    "import fcntl; fcntl.fcntl(0, fcntl.F_SETOWN, 1)",
    "import fcntl; fcntl.lockf(0, fcntl.LOCK_SH)",
]


def test_what_harms_others_is_refused_with_an_ordinary_exception() -> None:
    said = dict(zip(REFUSED, locked(*REFUSED).said, strict=True))
    assert {code: words for code, words in said.items() if not words.startswith(EPERM)} == {}


def test_multiprocessing_fails_with_an_ordinary_exception() -> None:
    said = says("import multiprocessing as m; p = m.get_context('fork').Process(target=print); p.start()")
    assert said.startswith("PermissionError")


def test_signals_reach_nobody_else_even_without_a_namespace_of_processes() -> None:
    room = locked(
        "import os; os.kill(os.getppid(), 0)",
        "import os; os.kill(1, 0)",
        "import os; os.kill(os.getpid(), 0); result = 'itself'",
        "import signal as s; s.signal(s.SIGUSR1, lambda *_: None); s.raise_signal(s.SIGUSR1); result = 1",
        prelude=WITHOUT_NAMESPACES,
    )
    assert "namespaces" not in room.in_force
    assert [said.split(":")[0] for said in room.said] == ["PermissionError", "PermissionError", "'itself'", "1"]


def test_other_processes_are_left_as_they_are() -> None:
    room = locked(
        "import os; os.setpriority(os.PRIO_PROCESS, os.getppid(), 5)",
        "import os; os.sched_setaffinity(os.getppid(), {0})",
        "import os, resource; resource.prlimit(os.getppid(), resource.RLIMIT_CORE, (0, 0))",
        "import os; os.nice(1); os.sched_setaffinity(0, os.sched_getaffinity(0)); result = 'itself'",
        prelude=WITHOUT_NAMESPACES,
    )
    assert [said.split(":")[0] for said in room.said] == ["PermissionError"] * 3 + ["'itself'"]


def test_what_was_set_before_cannot_be_taken_back() -> None:
    code = "import ctypes; c = ctypes.CDLL(None, use_errno=True); result = c.prctl({}, {}, 0, 0, 0), ctypes.get_errno()"
    room = locked(*(code.format(*pair) for pair in ((1, 0), (4, 1), (22, 1), (36, 1))))
    assert room.said == ["(-1, 1)"] * 4


@pytest.mark.skipif(platform.machine() != "x86_64", reason="only x86-64 has these gates")
def test_another_architectures_gate_ends_the_process_or_leads_nowhere() -> None:
    room = locked(
        """
        import ctypes, mmap
        page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ | mmap.PROT_WRITE | 4)
        page.write(bytes.fromhex('b814000000cd80c3'))
        result = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
        """,
        "import ctypes; c = ctypes.CDLL(None, use_errno=True); result = c.syscall(0x40000027), ctypes.get_errno()",
    )
    assert room.ended[0].code == -signal.SIGSYS
    assert room.said[1] == "(-1, 38)"


def test_a_process_that_aborts_or_breaks_ends_by_a_signal() -> None:
    room = locked("import os; os.abort()", "import ctypes; ctypes.string_at(0)", "import os; os._exit(3)")
    assert [bench.code for bench in room.ended][1:] == [-signal.SIGSEGV, 3]
    assert room.ended[0].code in (-signal.SIGABRT, -signal.SIGSEGV)


def test_threads_files_and_clocks_work() -> None:
    room = locked(
        """
        import threading
        found = []
        threads = [threading.Thread(target=found.append, args=(n,)) for n in range(8)]
        [t.start() for t in threads]; [t.join() for t in threads]
        result = sorted(found)
        """,
        """
        import concurrent.futures as c
        result = list(c.ThreadPoolExecutor(4).map(abs, [-1, -2]))
        """,
        "import selectors, select, os; e = select.epoll(); e.register(os.pipe()[0]); result = e.poll(0)",
        "import time, datetime, zoneinfo; time.sleep(0.001); result = str(zoneinfo.ZoneInfo('Europe/Berlin'))",
        "import mmap, os; result = mmap.mmap(os.open(os.__file__, 0), 0, prot=mmap.PROT_READ)[:3] != b''",
        "import signal; signal.setitimer(signal.ITIMER_REAL, 5); result = signal.getitimer(signal.ITIMER_REAL)[0] > 0",
    )
    said = room.said
    zone = said.pop(3)
    assert said == ["[0, 1, 2, 3, 4, 5, 6, 7]", "[1, 2]", "[]", "True", "True"]
    assert zone == "'Europe/Berlin'" or "ZoneInfoNotFoundError" in zone


@pytest.mark.parametrize("processor", sorted(syscalls.MACHINES))
def test_each_processors_filter_is_one_the_kernel_takes(processor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syscalls, "machine", lambda: processor)
    for device_files in (False, True):
        code = seccomp.program(device_files)
        assert len(code) % 8 == 0
        assert len(code) // 8 < 4096


def _run(block: bytes, architecture: int, number: int, *arguments: int) -> int:
    """Interpret a filter as the kernel does."""
    import struct

    data = struct.pack("=IIQ6Q", number, architecture, 0, *(*arguments, *[0] * 6)[:6])
    instructions = [struct.unpack_from("=HBBI", block, at) for at in range(0, len(block), 8)]
    place, value = 0, 0
    while True:
        code, if_true, if_false, constant = instructions[place]
        place += 1
        if code == 0x20:
            value = struct.unpack_from("=I", data, constant)[0]
        elif code == 0x54:
            value &= constant
        elif code == 0x05:
            place += constant
        elif code == 0x06:
            return constant
        else:
            place += if_true if (value == constant if code == 0x15 else value >= constant) else if_false


@pytest.mark.parametrize("processor", sorted(syscalls.MACHINES))
def test_every_call_gets_the_answer_that_the_list_says(processor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syscalls, "machine", lambda: processor)
    code = seccomp.program()
    here = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}[processor]
    harmless = set(syscalls.harmless(processor).values())
    named = set(syscalls.others(processor).values())
    for number in range(470):
        if number not in named:
            want = bpf.ALLOW if number in harmless else bpf.ERRNO | 1
            assert _run(code, here, number, *[0xFFFFFFFF] * 6) == want, number
    others = syscalls.others(processor)
    for name in ("clone3", "openat2"):
        assert _run(code, here, others[name]) == bpf.ERRNO | 38
    assert _run(code, here, others["clone"], 0x3D0F00) == bpf.ALLOW
    for flags in (0x11, 0x4111, 0x3D0F00 | 0x40000000, 0x3D0F00 & ~0x400, 0x3D0F00 | 0x2000):
        assert _run(code, here, others["clone"], flags) == bpf.ERRNO | 1, hex(flags)
    for number in (470, 1000, 0x40000000, 0xFFFFFFFF):
        assert _run(code, here, number) == bpf.ERRNO | 38
    assert _run(code, 0x40000003, 20) == bpf.KILL_PROCESS
