"""Fills the disk with a hundred thousand files, folders and links."""
import os
from aims import boast, scale

made = 0
try:
    for number in range(100_000):
        os.symlink("x" * 50, f"l{number}")
        os.mkdir(f"d{number}")
        os.close(os.open(f"f{number}", os.O_CREAT | os.O_WRONLY))
        made += 3
except OSError:
    pass
if made > 5000:
    boast("made", made)
