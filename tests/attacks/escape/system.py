"""Runs a shell by system(3), which uses other calls than Python's own way."""
import ctypes
import os
from aims import FILE, boast, scale

for result in (os.system(f"echo out > {FILE}"), ctypes.CDLL(None).system(f"echo out > {FILE}".encode())):
    if result == 0:
        boast("system", result)
