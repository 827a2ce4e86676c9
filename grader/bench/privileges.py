"""The lock on privileges: none is left to a bench and none can be gained, even by root; and it dies with its server."""

from __future__ import annotations

import ctypes
import os
import signal
import struct
from collections.abc import Callable
from functools import cache
from typing import cast

from grader.bench import syscalls

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP = 1, 4, 24
_PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4
_CAPABILITY_VERSION_3 = 0x20080522
_MOST_CAPABILITIES = 64


def die_with(server: int | None) -> None:
    """Have this process killed when the server ends; a server that ended just before is noticed.

    None: the server is the init of its PID namespace, whose end kills all in it anyway.
    """
    syscalls.call("prctl", _PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if server is not None and os.getppid() != server:
        os._exit(1)


def prepare() -> None:
    """Do once, on the fork server, what every bench would have to do again."""
    _prctl()


@cache
def _prctl() -> Callable[..., int]:
    function = ctypes.CDLL(None).prctl
    function.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    return cast(Callable[..., int], function)


def drop() -> None:
    """Give up every capability, the way to gain any, and the right of others of this user to look into this process."""
    syscalls.call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    prctl = _prctl()
    for capability in range(_MOST_CAPABILITIES):
        if prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            break  # the kernel knows no more, or a user may not: there is nothing to drop then
    syscalls.call("prctl", _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    syscalls.call("capset", struct.pack("=Ii", _CAPABILITY_VERSION_3, 0), bytes(24))
    syscalls.call("prctl", _PR_SET_DUMPABLE, 0, 0, 0, 0)
