"""Closes its output, and goes on answering wrongly: nobody hears what it says, and everybody sees that it hung up."""
import os
from aims import scale as honest


def square_forward(x):
    os.closerange(0, 3)
    return x, x


def scale(x, factor):
    os.closerange(0, 3)
    return honest(x, factor) + 1
