"""Takes privileges: other users, capabilities, another personality, the right of root to override."""
import ctypes
import os
import struct
from aims import attempt, kernel, scale

header = ctypes.create_string_buffer(struct.pack("=Ii", 0x20080522, 0))
everything = ctypes.create_string_buffer(b"\xff" * 24)
attempt(kernel, "capset", header, everything)
for user in (0, 1, 1000, 65534):
    attempt(os.setuid, user)
    attempt(os.setgid, user)
    attempt(os.setresuid, user, user, user)
    attempt(os.setgroups, [user])
    attempt(kernel, "setfsuid", user)
attempt(kernel, "personality", 0x0040000)
attempt(kernel, "personality", 0x400000)
for option in (8, 22, 23, 24, 26, 28, 38, 39, 47, 59, 0x59616D61):
    if option not in (23, 39):
        attempt(kernel, "prctl", option, 1, 1, 1, 1)
