"""Makes namespaces of its own, in which it would be root, and enters those of others."""
import os
from aims import attempt, kernel, scale

for flag in (0x10000000, 0x20000000, 0x40000000, 0x20000, 0x8000000, 0x4000000, 0x2000000, 0x80, 0x400, 0x200, 0):
    attempt(kernel, "unshare", flag)
    for descriptor in range(64):
        attempt(kernel, "setns", descriptor, flag)
for kind in ("pid", "mnt", "net", "user"):
    attempt(os.open, f"/proc/1/ns/{kind}", os.O_RDONLY)
