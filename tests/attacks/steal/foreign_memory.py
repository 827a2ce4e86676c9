"""Reads the memory and the descriptors of the examiner by the calls that debuggers use."""
import ctypes
import os
from aims import EXAMINER, attempt, kernel, scale


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


room = ctypes.create_string_buffer(64)
mine = Vector(ctypes.addressof(room), 64)
theirs = Vector(id(os) & ~0xFFF, 64)
for pid in (EXAMINER, os.getppid() or 1, 1, 2, 3):
    attempt(kernel, "process_vm_readv", pid, ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0)
    attempt(kernel, "process_vm_writev", pid, ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0)
    for request in (16, 0x4206):
        attempt(kernel, "ptrace", request, pid, 0, 0)
    attempt(kernel, "kcmp", pid, os.getpid(), 0, 0, 0)
    attempt(kernel, "pidfd_open", pid, 0)
attempt(kernel, "ptrace", 0, 0, 0, 0)
for number in range(64):
    attempt(kernel, "pidfd_getfd", number, 0, 0)
