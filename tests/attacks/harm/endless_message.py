"""Raises an exception whose message never ends."""
from aims import scale


class Endless(Exception):
    def __str__(self):
        while True:
            pass

    __repr__ = __str__


def square_forward(x):
    raise Endless
