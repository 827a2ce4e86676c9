"""The lock on what a bench may use up: processor, memory, threads, disk, descriptors. Wall time is the examiner's.

RLIMIT_DATA counts what is private and writable, above what the fork server already had; what it does not count (shared
mappings, memfd, System V objects, larger pipes) is refused by seccomp, and RLIMIT_AS bounds the page tables of mappings
that are only read. No cgroup: it would need root or a delegation that most machines lack, a group for each submission
has to be made and removed, and these limits hold without it.
"""

from __future__ import annotations

import math
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass

if sys.platform != "win32":  # Limits are said there too, and not enforced
    import resource

GIB = 2**30
_STACK = 8 * 2**20
_RESERVED = 64 * GIB
"""Address space above the memory allowed: libc reserves 128 MiB for a thread's arena; its tables cost 1/512 of it."""
_DESCRIPTORS = 64
_SIGNALS = 128
"""Pending signals and POSIX timers: each holds memory of the kernel."""
_SLACK = 1024
"""Threads left to what else a user starts, where the kernel counts those of a bench together with them."""
_GRACE_S = 1
"""Between SIGXCPU, which a submission may ignore, and SIGKILL."""


@dataclass(frozen=True)
class Limits:
    """What one submission may use."""

    cpu_s: float = 60.0
    """Processor time of all its threads, in seconds."""
    memory: int = 2 * GIB
    """Bytes beyond what Python and the allowed packages took before it."""
    disk: int = 64 * 2**20
    """Bytes in its scratch folder."""
    files: int = 1024
    """Files and folders in its scratch folder."""
    threads: int = 64
    """Threads, the first included."""


def baseline() -> int | None:
    """Return a descriptor from which the size of this process, the fork server, can be read at any later time."""
    with suppress(OSError):
        return os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
    return None


def enforce_once() -> None:
    """Set, on the fork server, the limits that are the same for it and for all its benches."""
    for which, number in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_SIGPENDING, _SIGNALS),
        (resource.RLIMIT_RTPRIO, 0),
        (resource.RLIMIT_NICE, 0),
        (resource.RLIMIT_STACK, _STACK),
    ):
        _at_most(which, number)


def threads_of_user() -> int:
    """Return how many threads this user has now and may well have soon, on the whole machine, as far as can be seen."""
    user, found = str(os.getuid()), 0
    for entry in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError), open(f"/proc/{entry}/status", encoding="utf-8", errors="replace") as status:
            fields = dict(line.split(":", 1) for line in status if ":" in line)
            if fields["Uid"].split()[0] == user:
                found += int(fields["Threads"])
    return found + _SLACK


def enforce(limits: Limits, measured: int | None, scratch: bool, others: int, devices: bool) -> None:
    """Set the limits on this process, hard ones, just above what the fork server measures now.

    ``others``: how many threads the kernel counts together with this bench's; they come on top of its own.
    """
    page = os.sysconf("SC_PAGE_SIZE")
    words = os.pread(measured, 256, 0).split() if measured is not None else []
    size, data = (int(words[0]) * page, int(words[5]) * page) if words else (GIB, GIB)
    _at_most(resource.RLIMIT_DATA, data + limits.memory)
    if not devices:  # a GPU's driver reserves far more than there is, and locks what it shares
        _at_most(resource.RLIMIT_AS, size + limits.memory + _RESERVED)
        _at_most(resource.RLIMIT_MEMLOCK, 0)
    seconds = max(1, math.ceil(limits.cpu_s))
    _at_most(resource.RLIMIT_CPU, seconds + _GRACE_S, seconds)
    _at_most(resource.RLIMIT_FSIZE, limits.disk if scratch else 0)
    _at_most(resource.RLIMIT_NOFILE, _DESCRIPTORS)
    _at_most(resource.RLIMIT_NPROC, max(1, limits.threads) + others)


def _at_most(which: int, number: int, soft: int | None = None) -> None:
    hard = resource.getrlimit(which)[1]
    if hard != resource.RLIM_INFINITY:
        number = min(number, hard)
    resource.setrlimit(which, (number if soft is None else min(soft, number), number))


def be_the_first_to_go() -> None:
    """Let the kernel kill a bench before anything else when the machine itself runs out of memory."""
    with suppress(OSError):
        descriptor = os.open("/proc/self/oom_score_adj", os.O_WRONLY | os.O_CLOEXEC)
        os.write(descriptor, b"1000")
        os.close(descriptor)


def count_apart(number: int) -> bool:
    """Give root's process a real user of its own, for RLIMIT_NPROC never binds user 0; True if it has one now.

    Only the real user changes, which nothing but that count goes by; files are opened as before.
    """
    if os.geteuid() != 0:
        return False
    for user in (0x6000_0000 + number % 0x0FFF_FFFF, 61_000 + number % 150):  # in a container, 65536 users may be all
        with suppress(OSError, OverflowError):
            os.setresuid(user, -1, -1)
            return True
    return False


def words_for(limits: Limits, status: int, cpu_s: float) -> str | None:
    """Return which limit ended a bench, in words, from the status and the processor time that wait4 gave; else None."""
    over = os.WIFSIGNALED(status) and (
        os.WTERMSIG(status) == signal.SIGXCPU or (os.WTERMSIG(status) == signal.SIGKILL and cpu_s >= limits.cpu_s)
    )
    return f"used more than {limits.cpu_s:g} s of processor time" if over else None
