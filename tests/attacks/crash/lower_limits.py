"""Lowers its own limits until nothing works any more: no memory, no files, no time."""
import resource


def square_forward(x):
    for name in ("DATA", "AS", "NOFILE", "STACK", "FSIZE", "NPROC", "CPU"):
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (0, 0))
    return [bytearray(1 << 20) for _ in range(100)], x


scale = square_backward = square_forward
