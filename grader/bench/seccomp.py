"""The lock on the kernel's calls: seccomp. Its list says what a bench may ask of the kernel; all else is refused.

A list of what is allowed, not of what is forbidden: a call that nobody thought of (or that the next kernel brings) is
refused. What is refused fails with EPERM, an ordinary PermissionError, and not with death, for the standard library and
libc try calls and go on without; calls newer than this list, clone3 (whose flags a filter cannot see) and openat2 fail
with ENOSYS, so that libc falls back. Another architecture's gate (int 0x80) kills; x32's numbers are beyond the list.
"""

from __future__ import annotations

import ctypes
import errno
from functools import cache

from grader.bench import bpf, syscalls
from grader.bench.bpf import Alternatives, Test

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_SET_MODE_FILTER, _GET_ACTION_AVAIL, _FLAG_TSYNC = 1, 2, 1
_NEWER = 470
"""Calls from this number on are unknown here: ENOSYS."""
_SELF = 0x5EC0_3A1D
"""Stands for the bench's own process number until the bench knows it."""
_WORD = 0xFFFFFFFF


def _is(argument: int, *values: int) -> Alternatives:
    return [[Test(argument, _WORD, value)] for value in values]


_THREAD = 0x0001_0F00
"""CLONE_VM, CLONE_FS, CLONE_FILES, CLONE_SIGHAND, CLONE_THREAD: all, so that a thread has no descriptors of its own."""
_THREAD_ALSO = 0x007C_0000
"""CLONE_SYSVSEM, CLONE_SETTLS, CLONE_PARENT_SETTID, CLONE_CHILD_CLEARTID, CLONE_DETACHED; nothing else is allowed."""

_SHARED, _PRIVATE, _KIND, _ANONYMOUS, _GROWSDOWN, _HUGETLB = 0x1, 0x2, 0xF, 0x20, 0x100, 0x40000
_PROT_WRITE = 0x2
_PRIVATE_MAPPING = [Test(3, _KIND | _GROWSDOWN | _HUGETLB, _PRIVATE)]
_READ_ONLY_FILE = [Test(3, _KIND | _ANONYMOUS | _GROWSDOWN | _HUGETLB, _SHARED), Test(2, _PROT_WRITE, 0)]
_SHARED_FILE = [Test(3, _KIND | _ANONYMOUS | _GROWSDOWN | _HUGETLB, _SHARED)]

_O_ACCMODE, _O_WRONLY, _O_RDWR, _O_TRUNC, _O_ASYNC, _O_DIRECT = 0x3, 0x1, 0x2, 0x200, 0x2000, 0x14000
"""O_DIRECT: that of x86-64 and that of aarch64, which F_SETFL does not know otherwise."""
_O_NONBLOCK_AND_CLOEXEC = 0x80800


def _truncates_only_what_it_writes(flags: int) -> Alternatives:
    """Landlock before ABI 3 lets ``O_RDONLY | O_TRUNC`` empty a file that may only be read."""
    return [[Test(flags, _O_TRUNC, 0)], [Test(flags, _O_ACCMODE, _O_WRONLY)], [Test(flags, _O_ACCMODE, _O_RDWR)]]


_F_DUPFD, _F_GETFD, _F_SETFD, _F_GETFL, _F_SETFL, _F_DUPFD_CLOEXEC, _F_GETPIPE_SZ = 0, 1, 2, 3, 4, 1030, 1032
_TCGETS, _TIOCGWINSZ, _FIONREAD, _FIONBIO, _FIONCLEX, _FIOCLEX = 0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451
_PR_GET_DUMPABLE, _PR_SET_NAME, _PR_GET_NAME, _PR_GET_SECCOMP, _PR_CAPBSET_READ, _PR_GET_NO_NEW_PRIVS = (
    3,
    15,
    16,
    21,
    23,
    39,
)
_PRIO_PROCESS = 0

_CONDITIONS: dict[str, Alternatives] = {
    # Threads, never processes.
    "clone": [[Test(0, _WORD & ~_THREAD_ALSO, _THREAD)]],
    # What is shared and writable, or shared and nobody's file, escapes RLIMIT_DATA.
    "mmap": [_PRIVATE_MAPPING, _READ_ONLY_FILE],
    "open": _truncates_only_what_it_writes(1),
    "openat": _truncates_only_what_it_writes(2),
    "pipe2": [[Test(1, _WORD & ~_O_NONBLOCK_AND_CLOEXEC, 0)]],
    # No owner of signals, no lease, no notification, no larger pipe, no seals, and no record locks: each of those holds
    # memory of the kernel that no limit counts.
    "fcntl": [
        *_is(1, _F_DUPFD, _F_GETFD, _F_SETFD, _F_GETFL, _F_DUPFD_CLOEXEC, _F_GETPIPE_SZ),
        [Test(1, _WORD, _F_SETFL), Test(2, _O_ASYNC | _O_DIRECT, 0)],
    ],
    "ioctl": _is(1, _TCGETS, _TIOCGWINSZ, _FIONREAD, _FIONBIO, _FIONCLEX, _FIOCLEX),
    # Nothing that was set before the submission ran: not the signal at the parent's death, not dumpable.
    "prctl": _is(
        0, _PR_GET_DUMPABLE, _PR_SET_NAME, _PR_GET_NAME, _PR_GET_SECCOMP, _PR_CAPBSET_READ, _PR_GET_NO_NEW_PRIVS
    ),
    # Itself, and nobody else. A number of 0 means the caller.
    "prlimit64": _is(0, 0, _SELF),
    "sched_setaffinity": _is(0, 0, _SELF),
    "setpriority": [[Test(0, _WORD, _PRIO_PROCESS), Test(1, _WORD, 0)]],
    "kill": _is(0, _SELF),
    "tgkill": _is(0, _SELF),
}
_ABSENT = ("clone3", "openat2")

_NVIDIA, _UVM, _UVM_INITIALIZE = 0x4600, 0x0, 0x30000000
_FOR_DEVICES: dict[str, Alternatives] = {
    # A GPU's driver is asked by ioctl (type 'F', or the small numbers of its unified memory), and maps what it shares.
    "ioctl": [
        *_CONDITIONS["ioctl"],
        [Test(1, 0xFF00, _NVIDIA)],
        [Test(1, _WORD & ~0xFF, _UVM)],
        [Test(1, _WORD & ~0xFF, _UVM_INITIALIZE)],
    ],
    "mmap": [_PRIVATE_MAPPING, _SHARED_FILE],
}


@cache
def missing() -> str | None:
    """Return why seccomp cannot be enforced here, or None."""
    processor = syscalls.machine()
    if processor is None:
        return "the locks on the kernel's calls are written for Linux on x86-64 and aarch64 only"
    action = ctypes.create_string_buffer(bpf.KILL_PROCESS.to_bytes(4, "little"), 4)
    try:
        syscalls.call("seccomp", _GET_ACTION_AVAIL, 0, action)
    except OSError as err:
        return f"the kernel has no seccomp filters ({err.strerror}); it needs CONFIG_SECCOMP_FILTER and Linux 4.14"
    return None


def program(device_files: bool = False) -> bytes:
    """Return the filter, complete but for the process number; made once for all benches."""
    processor = syscalls.machine()
    assert processor is not None
    refused, absent = bpf.give(bpf.ERRNO | errno.EPERM), bpf.give(bpf.ERRNO | errno.ENOSYS)
    rules = {number: bpf.give(bpf.ALLOW) for number in syscalls.harmless(processor).values()}
    conditions = _CONDITIONS | (_FOR_DEVICES if device_files else {})
    for name, number in syscalls.others(processor).items():
        if name in conditions:
            rules[number] = bpf.allow_if(conditions[name], refused)
        elif name in _ABSENT:
            rules[number] = absent
    return bpf.encode(bpf.program(_ARCHITECTURES[processor], rules, refused, _NEWER, absent))


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def enforce(filter_: bytes, process: int) -> None:
    """Lock this process and all its threads in; needs no_new_privs. Nothing can lift it."""
    code = filter_.replace(_SELF.to_bytes(4, "little"), process.to_bytes(4, "little"))
    instructions = ctypes.create_string_buffer(code, len(code))
    header = _Program(len(code) // 8, ctypes.addressof(instructions))
    syscalls.call("seccomp", _SET_MODE_FILTER, _FLAG_TSYNC, ctypes.c_void_p(ctypes.addressof(header)))
