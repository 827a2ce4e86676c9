"""Writes beyond its arrays by false strides, and answers with what lies beside them."""
import numpy as np


def square_forward(x):
    return np.lib.stride_tricks.as_strided(x, (100_000, 64), (8, 8)), x


def square_backward(dout, cache):
    np.lib.stride_tricks.as_strided(dout, (1 << 26,), (8,))[...] = 0x4141


def scale(x, factor):
    array = np.asarray(x, float).copy()
    array.shape = array.shape
    return np.lib.stride_tricks.as_strided(array, (3,), (1 << 40,))
