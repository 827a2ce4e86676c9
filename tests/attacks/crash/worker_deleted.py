"""Empties the namespaces of everything that called it."""
import sys


def square_forward(x):
    frame = sys._getframe(1)
    while frame is not None:
        frame.f_globals.clear()
        frame = frame.f_back
    return x, x


scale = square_backward = square_forward
