"""Forks by vfork, clone with every flag but threads', clone3 and forkpty."""
import ctypes
import os
import signal
import struct
from aims import CALLS, attempt, boast, kernel, scale

CLONE_PARENT, CLONE_VM, CLONE_FILES, CLONE_THREAD, CLONE_SIGHAND, CLONE_VFORK = 0x8000, 0x100, 0x400, 0x10000, 0x800, 0x4000


def fork(name, *args):
    try:
        child = kernel(name, *args)
    except OSError:
        return
    if child == 0:
        os._exit(0)
    boast(name, args, child)


for flags in (0, signal.SIGCHLD, CLONE_PARENT, CLONE_PARENT | signal.SIGCHLD, CLONE_FILES, 0x20000000, 0x10000000, 1 << 33):
    fork("clone", flags, 0, 0, 0, 0)
arguments = struct.pack("=8Q", 0, 0, 0, 0, signal.SIGCHLD, 0, 0, 0)
fork("clone3", arguments, len(arguments))
if "fork" in CALLS:
    fork("fork")
attempt(os.forkpty)
