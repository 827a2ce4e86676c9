"""Asks the kernel through io_uring and through aio, whose requests no filter of calls can see."""
import ctypes
from aims import attempt, kernel, scale

attempt(kernel, "io_uring_setup", 8, ctypes.create_string_buffer(120))
for number in range(64):
    attempt(ctypes.CDLL(None, use_errno=True).syscall and kernel, "splice", number, None, number + 1, None, 100, 0)
attempt(kernel, "io_setup", 8, ctypes.byref(ctypes.c_ulong()))
