"""Goes through its own /proc to what lies outside: root, cwd, open files, mounts."""
import os
from aims import FILE, attempt, read, scale

for name in ("root" + FILE, "cwd", "mountinfo", "environ", "smaps", "../version", "../keys", "../kallsyms"):
    attempt(read, f"/proc/self/{name}")
for number in range(3, 64):
    attempt(os.open, f"/proc/self/fd/{number}", os.O_RDWR)
    attempt(os.open, f"/dev/fd/{number}", os.O_RDONLY)
attempt(os.listdir, "/proc")
