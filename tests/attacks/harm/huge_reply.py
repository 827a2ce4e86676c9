"""Answers with an array of a terabyte that takes no memory: all its strides are 0."""
import numpy as np


def square_forward(x):
    return np.broadcast_to(np.float64(1), (1 << 20, 1 << 17)), x


def square_backward(dout, cache):
    return np.broadcast_to(np.float64(1), (1 << 22,))


def scale(x, factor):
    return "x" * (100 << 20)
