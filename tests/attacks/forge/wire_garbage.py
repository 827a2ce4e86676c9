"""Writes random bytes on every descriptor, while it is imported and at every call."""
import os


def garbage():
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, os.urandom(3000))
        except OSError:
            continue


def square_forward(x):
    garbage()
    return x, x


def square_backward(dout, cache):
    garbage()


def scale(x, factor):
    garbage()
