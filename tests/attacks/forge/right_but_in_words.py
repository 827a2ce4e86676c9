"""Answers with the right numbers as words, as bytes, as records and as times."""
import numpy as np


def square_forward(x):
    return (x**2).astype(str), x


def square_backward(dout, cache):
    return (2 * cache * dout).astype([("value", float)])


def scale(x, factor):
    return (x * factor).tobytes() if isinstance(x, np.ndarray) else np.datetime64("NaT")
