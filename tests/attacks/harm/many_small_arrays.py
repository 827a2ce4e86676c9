"""Answers with as many small arrays as go into an answer, each of which somebody would have to print."""
import numpy as np

ARRAYS = [np.arange(36.0).reshape(6, 6)] * 60_000


def square_forward(x):
    return ARRAYS, x


def square_backward(dout, cache):
    return ARRAYS


def scale(x, factor):
    return {str(number): array for number, array in enumerate(ARRAYS[:30_000])}
