"""Calls itself without end."""
from aims import scale


def square_forward(x):
    return square_forward(x)


def square_backward(dout, cache):
    class Deep(Exception):
        def __str__(self):
            return str(self)

    raise Deep
