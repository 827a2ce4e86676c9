"""Reads the examiner's memory, environment, command line and open files through /proc."""
import os
from aims import EXAMINER, attempt, read, scale

for pid in {EXAMINER, os.getppid(), 1, 2, os.getpid() + 1}:
    for name in ("environ", "cmdline", "maps", "mem", "auxv", "stat", "syscall", "stack", "root/etc/passwd", "cwd/course.yaml"):
        attempt(read, f"/proc/{pid}/{name}")
    for name in ("fd", "task", "map_files", "ns"):
        attempt(os.listdir, f"/proc/{pid}/{name}")
    for number in range(32):
        attempt(read, f"/proc/{pid}/fd/{number}")
