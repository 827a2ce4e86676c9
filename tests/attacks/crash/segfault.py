"""Reads address 0."""
import ctypes
from aims import scale


def square_forward(x):
    ctypes.string_at(0)
