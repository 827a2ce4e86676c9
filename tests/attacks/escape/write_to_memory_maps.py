"""Changes files that it may only read, by mapping them shared and writable, and by writing to its own /proc/self/mem."""
import ctypes
import mmap
import os
from aims import attempt, scale

descriptor = os.open(os.__file__, os.O_RDONLY)
for kind in (mmap.MAP_SHARED, 0x3):
    attempt(mmap.mmap, descriptor, 4096, kind, mmap.PROT_WRITE)
    attempt(mmap.mmap, descriptor, 4096, kind, mmap.PROT_READ | mmap.PROT_WRITE)
shared = mmap.mmap(descriptor, 4096, mmap.MAP_SHARED, mmap.PROT_READ)
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
place = libc.mmap(None, 4096, 1, 1, descriptor, 0)
if libc.mprotect(ctypes.c_void_p(place), 4096, 3) == 0:
    attempt(lambda: "made a file's pages writable")
attempt(os.open, "/proc/self/mem", os.O_RDWR)
attempt(os.open, "/proc/self/pagemap", os.O_RDONLY)
attempt(os.open, "/proc/self/clear_refs", os.O_WRONLY)
