"""Puts a program into memory that has no name, and runs it from there."""
import os
import sys
from aims import attempt, boast, kernel, scale

attempt(os.memfd_create, "program")
try:
    descriptor = kernel("memfd_create", b"program", 0)
    boast("memfd", descriptor)
    os.write(descriptor, open(sys.executable, "rb").read())
    kernel("execveat", descriptor, b"", None, None, 0x1000)
except OSError:
    pass
