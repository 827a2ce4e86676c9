"""Starts a program by posix_spawn, which forks in its own way."""
import os
import sys
from aims import FILE, attempt, scale

for program in ("/bin/sh", os.path.realpath(sys.executable)):
    attempt(os.posix_spawn, program, [program, "-c", f"echo out > {FILE}"], {})
    attempt(os.posix_spawn, program, [program, "-c", "1"], {}, setsid=True)
    attempt(os.spawnv, os.P_NOWAIT, program, [program, "-c", "1"])
