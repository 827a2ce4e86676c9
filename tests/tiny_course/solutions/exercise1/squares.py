"""Exercise 1: squares. Fill in what raises NotImplementedError."""

import numpy as np

Array = np.ndarray


def square_forward(x: Array) -> tuple[Array, Array]:
    """Every number squared; the cache is yours.

    Example: x = [1, −3]: [1, 9].
    """
    ### BEGIN SOLUTION
    return x**2, x
    ### END SOLUTION


def square_backward(dout: Array, cache: Array) -> Array:
    """The gradient of the square for x, times dout.

    Example: x = [1, −3], dout = [1, 1]: [2, −6].
    """
    ### BEGIN SOLUTION
    return 2 * cache * dout
    ### END SOLUTION


def scale(x: Array, factor: float) -> Array:
    """Every number times factor.

    Example: x = [1, −3], factor = 2: [2, −6].
    """
    ### BEGIN SOLUTION
    return x * factor
    ### END SOLUTION
