"""Mounts, unmounts and changes roots, until the locks lie on another tree than the files."""
import os
from aims import COURSE, attempt, kernel, scale

os.makedirs("inside", exist_ok=True) if os.getcwd() != "/" else None
attempt(kernel, "mount", COURSE.encode(), b"inside", None, 4096, None)
attempt(kernel, "mount", b"proc", b"inside", b"proc", 0, None)
attempt(kernel, "mount", b"tmpfs", b"inside", b"tmpfs", 0, None)
attempt(kernel, "mount", None, b".", None, 32 | 4096, None)
for place in (b".", b"/", b"/proc", b"/sys", b"/mnt"):
    attempt(kernel, "umount2", place, 2)
attempt(kernel, "pivot_root", b".", b".")
attempt(os.chroot, ".")
attempt(kernel, "move_mount", -100, b".", -100, b"/", 0)
