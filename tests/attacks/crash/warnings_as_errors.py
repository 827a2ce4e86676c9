"""Turns warnings into errors, floating point too, and shows each by a function that never comes back."""
import warnings
import numpy as np

np.seterr(all="raise")
warnings.simplefilter("error")


def never(*args, **kwargs):
    while True:
        pass


warnings.showwarning = warnings.catch_warnings = warnings.warn = never


def square_forward(x):
    warnings.warn("x")


def square_backward(dout, cache):
    return np.log(-1.0)


def scale(x, factor):
    raise UserWarning("y" * 10**7)
