"""Fills the disk with files that have no name any more, some of them sparse, some of them reserved."""
import os
from aims import boast, scale

kept, taken = [], 0
try:
    while len(kept) < 40:
        descriptor = os.open("gone", os.O_CREAT | os.O_RDWR)
        kept.append(descriptor)
        os.unlink("gone")
        os.posix_fallocate(descriptor, 0, 1 << 20)
        os.pwrite(descriptor, b"x", (1 << 20) - 1)
        taken += 1
except OSError:
    pass
if taken > 8:
    boast(taken, "MiB")
for descriptor in kept:
    os.close(descriptor)
