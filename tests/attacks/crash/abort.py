"""Aborts, in a call and at its end."""
import atexit
import os
from aims import scale

atexit.register(os.abort)


def square_forward(x):
    os.abort()
