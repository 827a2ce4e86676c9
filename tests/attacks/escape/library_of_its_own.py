"""Writes a shared library into its scratch folder and loads it: machine code of its own, which may do no more than Python."""
import ctypes
import glob
import os
from aims import COURSE, attempt, look, read, scale

for path in glob.glob("/lib/*/libm.so.6") + glob.glob("/usr/lib/*/libm.so.6") + ["/lib/x86_64-linux-gnu/libm.so.6"]:
    look(lambda: open("libmine.so", "wb").write(open(path, "rb").read()))
    look(lambda: ctypes.CDLL(os.path.abspath("libmine.so")).cos)
attempt(read, f"{COURSE}/solutions/exercise1/squares.py")
attempt(os.execv, "libmine.so", ["libmine.so"])
