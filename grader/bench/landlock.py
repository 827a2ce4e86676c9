"""The lock on files, TCP, signals and abstract sockets: Landlock. What may be read is decided in packages.py.

A ruleset is made once, from a list of paths, and each bench locks itself in with it. There are no rules that forbid:
what no rule allows is refused, and so a folder is named only where all that lies beneath may be read.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from grader.bench import syscalls

_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5
MAKE_CHAR, MAKE_DIR, MAKE_REG, MAKE_SOCK, MAKE_FIFO, MAKE_BLOCK, MAKE_SYM = (1 << bit for bit in range(6, 13))
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_SINCE = {1: (1 << 13) - 1, 2: REFER, 3: TRUNCATE, 5: IOCTL_DEV}
"""Which ABI brought which access rights; those a kernel does not know may not be named to it."""
_OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
_NET_TCP = 0b11
"""Binding and connecting, from ABI 4."""
_SCOPED = 0b11
"""Abstract Unix sockets and signals, from ABI 6."""
_LOG_NOTHING = 0b101
"""Of this process and of domains beneath it, from ABI 7: a submission could fill the audit log."""

READ = READ_FILE | READ_DIR
SCRATCH = READ | WRITE_FILE | TRUNCATE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | MAKE_SYM | REFER
DEVICE = READ_FILE | WRITE_FILE
DRIVER = DEVICE | IOCTL_DEV


@cache
def abi() -> int:
    """Return the version of Landlock that the kernel enforces; 0 where there is none."""
    if syscalls.machine() is None:
        return 0
    try:
        return syscalls.call("landlock_create_ruleset", None, 0, _CREATE_RULESET_VERSION)
    except OSError:
        return 0


def missing() -> str | None:
    """Return why Landlock cannot be enforced here, or None."""
    if syscalls.machine() is None:
        return "Landlock is called on Linux on x86-64 and aarch64 only"
    if abi() == 0:
        return (
            "the kernel does not enforce Landlock; it needs Linux 5.13 or newer with CONFIG_SECURITY_LANDLOCK, with "
            "`landlock` in the boot option lsm=, and a container that does not forbid it (Docker 23 or newer does not)"
        )
    return None


def ruleset(rules: Iterable[tuple[Path | str, int]]) -> int:
    """Return a descriptor of the ruleset that allows these paths these accesses, and refuses all else that it can.

    A path that is not there is left out.
    """
    version = abi()
    known = sum(rights for since, rights in _SINCE.items() if since <= version)
    attributes = struct.pack("=QQQ", known, _NET_TCP if version >= 4 else 0, _SCOPED if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    made = syscalls.call("landlock_create_ruleset", attributes, size, 0)
    for path, access in rules:
        with suppress(FileNotFoundError, PermissionError, NotADirectoryError):
            _allow(made, path, access & known)
    return made


def _allow(made: int, path: Path | str, access: int) -> None:
    target = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(target).st_mode):
            access &= _OF_A_FILE  # the kernel takes no right of a folder for a file
        syscalls.call("landlock_add_rule", made, _RULE_PATH_BENEATH, struct.pack("=Qi", access, target), 0)
    finally:
        os.close(target)


def enforce(made: int) -> None:
    """Lock this process in; needs no_new_privs. Nothing can lift it, and what it starts inherits it."""
    syscalls.call("landlock_restrict_self", made, _LOG_NOTHING if abi() >= 7 else 0)
