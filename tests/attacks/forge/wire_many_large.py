"""Answers every question with an array of thirty megabytes, all of which the examiner would keep."""
import numpy as np

LARGE = np.zeros(30 << 17)


def square_forward(x):
    return LARGE, x


def square_backward(dout, cache):
    return LARGE


def scale(x, factor):
    return LARGE
