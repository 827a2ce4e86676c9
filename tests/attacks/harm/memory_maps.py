"""Takes memory by mappings: private, shared, of huge pages, growing, of files, and made writable later."""
import ctypes
import mmap
import os
from aims import boast, scale

MiB = 1 << 20
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]


def square_forward(x):
    for kind in (0x22, 0x21, 0x122, 0x40022, 0x4022, 0x8022, 0x23):
        taken = 0
        for _ in range(150):
            place = libc.mmap(None, 2 * MiB, 3, kind, -1, 0)
            if place in (None, 2**64 - 1):
                break
            ctypes.memset(place, 1, 2 * MiB)
            taken += 2
        if taken > 200:
            boast(hex(kind), taken, "MiB")
    late = []
    for _ in range(150):
        place = libc.mmap(None, 2 * MiB, 0, 0x22, -1, 0)
        if place not in (None, 2**64 - 1) and libc.mprotect(ctypes.c_void_p(place), 2 * MiB, 3) == 0:
            ctypes.memset(place, 1, 2 * MiB)
            late.append(place)
    if len(late) > 100:
        boast("made writable later", 2 * len(late), "MiB")
    return x, x
