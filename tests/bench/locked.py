"""Runs a few lines of Python in a locked bench of a fresh fork server, and returns what they left behind."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_SERVER = """
import json, os, sys
sys.path.insert(0, {root!r})
{prelude}
from grader.bench import packages
from grader.bench.locks import Limits, Locks
names = {names!r}
for name in names:
    __import__(name)
locks = Locks({isolation!r}, readable=packages.files_of(names))
found = []
for code in {codes!r}:
    reading, writing = os.pipe()
    pid = locks.fork()
    if pid == 0:
        os.close(reading)
        try:
            locks.close(Limits(**{limits!r}), keep=[writing])
        except BaseException as err:
            os.write(writing, repr(err).encode())
            os._exit(70)
        space = {{"writing": writing}}
        try:
            exec(code, space)
            said = repr(space.get("result"))
        except BaseException as err:
            said = f"{{type(err).__name__}}: {{err}}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        said = pipe.read().decode(errors="replace")
    found.append([said, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])])
print(json.dumps([list(locks.in_force), str(locks.scratch) if locks.scratch else None, found]))
"""

WITHOUT_NAMESPACES = """
from grader.bench import bpf, seccomp, syscalls, privileges
architecture = seccomp._ARCHITECTURES[syscalls.machine()]
refused = {syscalls.others(syscalls.machine())[name]: bpf.give(bpf.ERRNO | 1) for name in ("unshare", "mount", "setns")}
allowed = bpf.give(bpf.ALLOW)
syscalls.call("prctl", 38, 1, 0, 0, 0)
seccomp.enforce(bpf.encode(bpf.program(architecture, refused, allowed, 1000, allowed)), 0)
"""
"""What many containers do: no namespaces, by a seccomp filter of their own."""

AS_NOBODY = """
import ctypes, mmap, resource, tempfile, threading, grader.bench.locks, grader.bench.packages
grader.bench.packages.standard_files()
if os.geteuid() == 0:
    os.setgroups([])
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # dumpable again, as a program is that such a user has started
"""


@dataclass(frozen=True)
class Ended:
    """What became of the lines: the repr of ``result``, or the exception; and the exit code (negative: the signal)."""

    said: str
    code: int


@dataclass(frozen=True)
class Room:
    """What a fork server had in force, and how each of its benches ended."""

    in_force: tuple[str, ...]
    scratch: str | None
    ended: list[Ended]

    @property
    def said(self) -> list[str]:
        return [bench.said for bench in self.ended]


def locked(
    *codes: str,
    isolation: str = "auto",
    packages: tuple[str, ...] = (),
    prelude: str = "",
    limits: dict[str, float] | None = None,
    env: dict[str, str] | None = None,
) -> Room:
    """Run each piece of code in a bench of its own, one after the other, all of one fork server."""
    program = _SERVER.format(
        root=str(ROOT),
        prelude=prelude,
        names=list(packages),
        isolation=isolation,
        codes=[textwrap.dedent(code) for code in codes],
        limits=limits or {},
    )
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", program],
        env={"OPENBLAS_NUM_THREADS": "1", **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    in_force, scratch, found = json.loads(done.stdout)
    return Room(tuple(in_force), scratch, [Ended(*bench) for bench in found])


def says(code: str, **options: object) -> str:
    """Run one piece of code in a locked bench, and return what it said."""
    return locked(code, **options).said[0]  # type: ignore[arg-type]
