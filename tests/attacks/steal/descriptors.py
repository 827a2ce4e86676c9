"""Tries every number from 0 to 4096 for an open file that somebody forgot to close."""
import os
import stat
from aims import boast, scale

for number in range(4097):
    try:
        found = os.fstat(number)
    except OSError:
        continue
    if stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode) or stat.S_ISBLK(found.st_mode):
        boast("a file", number)
        print(os.pread(number, 4000, 0))
    if stat.S_ISSOCK(found.st_mode) and number > 8:
        boast("a socket", number)
