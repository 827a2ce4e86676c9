"""Exercise 1: squares. Fill in what raises NotImplementedError."""

import numpy as np

Array = np.ndarray


def square_forward(x: Array) -> tuple[Array, Array]:
    """Every number squared; the cache is yours.

    Example: x = [1, −3]: [1, 9].
    """
    raise NotImplementedError("square_forward is not written yet")


def square_backward(dout: Array, cache: Array) -> Array:
    """The gradient of the square for x, times dout.

    Example: x = [1, −3], dout = [1, 1]: [2, −6].
    """
    raise NotImplementedError("square_backward is not written yet")


def scale(x: Array, factor: float) -> Array:
    """Every number times factor.

    Example: x = [1, −3], factor = 2: [2, −6].
    """
    raise NotImplementedError("scale is not written yet")
