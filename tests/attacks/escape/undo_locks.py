"""Takes its own locks off: another seccomp filter, another Landlock domain, higher limits."""
import ctypes
import resource
import struct
from aims import attempt, kernel, scale

program = ctypes.create_string_buffer(struct.pack("=HBBI", 6, 0, 0, 0x7FFF0000))
header = ctypes.create_string_buffer(struct.pack("=HxxxxxxQ", 1, ctypes.addressof(program)))
attempt(kernel, "seccomp", 1, 0, header)
attempt(kernel, "seccomp", 0, 0, None)
attempt(kernel, "prctl", 22, 0, 0, 0, 0)
attempt(kernel, "prctl", 22, 2, header, 0, 0)
attempt(kernel, "landlock_create_ruleset", struct.pack("=Q", 1), 8, 0)
for descriptor in range(8):
    attempt(kernel, "landlock_restrict_self", descriptor, 0)
for limit in ("AS", "DATA", "NPROC", "NOFILE", "FSIZE", "CPU", "CORE", "STACK", "MEMLOCK"):
    which = getattr(resource, f"RLIMIT_{limit}")
    hard = resource.getrlimit(which)[1]
    if hard != resource.RLIM_INFINITY:
        attempt(resource.setrlimit, which, (hard + 1, hard + 1))
        attempt(resource.setrlimit, which, (resource.RLIM_INFINITY,) * 2)
