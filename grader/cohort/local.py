"""Desks on this machine: one process per core, each with its own examiner and fork server.

A process that dies takes its one batch with it and is replaced; all end with the process that started them.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from pathlib import Path
from queue import Empty, LifoQueue
from typing import IO, Any

_ROOT = str(Path(__file__).resolve().parents[2])
_CODE = f"import sys; sys.path.insert(0, {_ROOT!r}); from grader.cohort.local import main; main(int(sys.argv[1]))"
_LENGTH = struct.Struct(">Q")
_LAST_S = 10.0
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class LocalDesks:
    """An executor of threads, each of which waits for a process."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.executor = ThreadPoolExecutor(jobs, thread_name_prefix="desk")
        self._idle: LifoQueue[_Desk] = LifoQueue()
        self._all: set[_Desk] = set()
        self._closed = False

    def grade(self, batch: bytes) -> bytes:
        """Have a process grade a batch."""
        try:
            desk = self._idle.get_nowait()
        except Empty:
            desk = _Desk()
            self._all.add(desk)
        if self._closed:
            desk.kill()
        try:
            reply = desk.ask(batch)
        except (OSError, EOFError):
            self._all.discard(desk)
            raise BrokenExecutor(desk.kill()) from None
        self._idle.put(desk)
        return reply

    def close(self, *, at_once: bool) -> None:
        """End all processes; those that are at work, too, if it has to be at once."""
        self._closed = True
        for desk in list(self._all):
            if at_once:
                desk.kill()
            else:
                desk.end()
        self.executor.shutdown(wait=True, cancel_futures=True)


class _Desk:
    """One process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", _CODE, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | _ONE_THREAD,
            cwd=os.path.abspath(os.sep),
            start_new_session=True,  # Ctrl-C is for the one that started it
        )

    def ask(self, batch: bytes) -> bytes:
        """Send a batch, and wait for the reports."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        _write(self._process.stdin, batch)
        return _read(self._process.stdout)

    def end(self) -> None:
        """Let it go home."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
            self._process.wait(_LAST_S)
        except (OSError, subprocess.TimeoutExpired):
            pass
        self.kill()

    def kill(self) -> str:
        """End it now; return how it ended, in words."""
        self._process.kill()
        code = self._process.wait()
        return f"its process ended by signal {-code}" if code < 0 else f"its process ended with exit code {code}"


def _write(stream: IO[bytes], data: bytes) -> None:
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _read(stream: IO[bytes]) -> bytes:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def main(parent: int) -> None:
    """Be a desk: grade what comes in, until nothing more comes."""
    if sys.platform == "linux":
        from grader.bench import privileges

        privileges.die_with(parent)
    from grader.cohort import work

    batches: Any = os.fdopen(os.dup(0), "rb")
    replies: Any = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a suite that prints must not spoil a reply
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    try:
        while True:
            _write(replies, work.grade(_read(batches)))
    except (EOFError, BrokenPipeError):
        work.leave()
