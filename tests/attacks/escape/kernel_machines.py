"""Loads programs into the kernel and watches it: bpf, perf, userfaultfd, secret memory."""
import ctypes
from aims import attempt, kernel, scale

room = ctypes.create_string_buffer(256)
for command in range(12):
    attempt(kernel, "bpf", command, room, 128)
attempt(kernel, "perf_event_open", room, 0, -1, -1, 0)
for flags in (0, 1, 0x800):
    attempt(kernel, "userfaultfd", flags)
attempt(kernel, "memfd_secret", 0)
