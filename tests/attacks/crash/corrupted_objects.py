"""Writes over Python's own objects in memory: reference counts, types, small numbers, None."""
import ctypes


def square_forward(x):
    for item in (0, 1, 2, None, True, float, list, "append"):
        ctypes.memset(id(item), 0x41, 24)
    return x, x
