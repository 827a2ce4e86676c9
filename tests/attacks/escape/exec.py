"""Becomes another program, which would have none of the bench's code in it."""
import ctypes
import os
import sys
from aims import attempt, kernel, scale

for program in (os.path.realpath(sys.executable), "/bin/sh", "/usr/bin/env", "/proc/self/exe", "/lib64/ld-linux-x86-64.so.2"):
    attempt(os.execv, program, [program, "-c", "print('I GOT ' 'THROUGH')"])
    attempt(kernel, "execveat", -100, program.encode(), None, None, 0)
attempt(os.execvpe, "sh", ["sh"], {"PATH": "/bin:/usr/bin"})
