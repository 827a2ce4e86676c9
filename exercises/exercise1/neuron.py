"""Exercise 1: one neuron, the perceptron that learns, and the second layer that it takes for XOR.

Everything here is NumPy in float64, and no function changes the arrays it is given.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def step(z: Array) -> Array:
    """Return 1.0 where z >= 0 and 0.0 elsewhere: the neuron that fires, or does not.

    Shapes:  z of any shape -> the same shape, float64 (not bool).
    Example: step([-0.2, 0.0, 3.0]) is [0.0, 1.0, 1.0].
    Hint:    a comparison gives booleans; turn them into numbers. Exactly 0 belongs to the 1.0 side.
    """
    raise NotImplementedError("step is not written yet")


def neuron(x: Array, w: Array, b: float) -> Array:
    """Return what a sigmoid neuron answers for every row of x.

    Shapes:  x (N, D), w (D,), b a float -> (N,).
    Formula: z = x·w + b, then 1 / (1 + e^(-z)).
    Example: x = [[1.0, 2.0]], w = [0.5, -0.25], b = 0.1 has z = 0.5 - 0.5 + 0.1 = 0.1, and the answer is [0.52498].
    Hint:    all rows at once is one product, x @ w; no loop is needed.
    """
    raise NotImplementedError("neuron is not written yet")


def predict(x: Array, w: Array, b: float) -> Array:
    """Return the class, 0.0 or 1.0, that a perceptron gives to every row of x.

    Shapes:  x (N, D), w (D,), b a float -> (N,).
    Formula: step(x·w + b).
    Example: x = [[2.0, 1.0], [0.0, 1.0]], w = [0.5, -1.0], b = 0.0 has z = [0.0, -1.0], and the answer is [1.0, 0.0].
    Hint:    you have written step already.
    """
    raise NotImplementedError("predict is not written yet")


def perceptron_update(w: Array, b: float, x: Array, y: int, lr: float) -> tuple[Array, float]:
    """Return the new (w, b) after the perceptron has looked at one example.

    Shapes:  w (D,), b a float, x (D,), y the label 0 or 1, lr the learning rate -> w (D,), b a float.
    Formula: ŷ = step(x·w + b); w + lr·(y - ŷ)·x and b + lr·(y - ŷ).
    Example: w = [0.5, -1.0], b = 0.0, x = [2.0, 1.0], y = 0, lr = 0.1: z = 0, so ŷ = 1 and y - ŷ = -1;
             the answer is ([0.3, -1.1], -0.1).
    Hint:    where the prediction is right, y - ŷ is 0 and nothing moves. Make a new w: `w += ...` changes the old one.
    """
    raise NotImplementedError("perceptron_update is not written yet")


def perceptron_train(x: Array, y: NDArray[np.int_], epochs: int, lr: float) -> tuple[Array, float, list[int]]:
    """Train a perceptron from w = 0, b = 0; return (w, b, the number of mistakes in each epoch).

    Shapes:  x (N, D), y (N,) labels 0 or 1 -> w (D,), b a float, a list of at most `epochs` counts.
    Rule:    an epoch takes the examples in their order and updates after each one. A mistake is an example that was
             predicted wrongly when its turn came. Stop after an epoch without a mistake (its 0 is in the list too),
             or after `epochs` epochs.
    Example: x = [[0., 0.], [0., 1.], [1., 0.], [1., 1.]], y = [0, 1, 1, 1] (OR), 10 epochs, lr = 1.0:
             the answer is ([1.0, 1.0], -1.0, [2, 2, 1, 0]).
    Hint:    predict the example before you update on it; note the epoch's count before you ask whether to stop.
    """
    raise NotImplementedError("perceptron_train is not written yet")


def xor_weights() -> tuple[Array, Array, Array, float]:
    """Return (W1, b1, w2, b2) with which two layers of step neurons compute XOR. You choose them by hand.

    Shapes:  W1 (2, 2): one column for each hidden neuron; b1 (2,), w2 (2,), b2 a float; all float64.
    Formula: h = step(x·W1 + b1), y = step(h·w2 + b2), and y is 0, 1, 1, 0 for x = (0,0), (0,1), (1,0), (1,1).
    Example: a single step neuron with w = [1.0, 1.0] and b = -1.5 is AND: only (1,1) has z = 0.5 >= 0.
    Hint:    XOR is "at least one, but not both". Let one hidden neuron say the first half, the other the second.
    """
    raise NotImplementedError("xor_weights is not written yet")


def network(x: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Array:
    """Return the outputs of a network with one hidden layer: ReLU in it, nothing after the output.

    Shapes:  x (N, D), W1 (D, H), b1 (H,), W2 (H, M), b2 (M,) -> (N, M).
    Formula: h = max(0, x·W1 + b1), element by element, then h·W2 + b2.
    Example: x = [[1.0, 2.0]], W1 = [[0.5, -1.0, 1.0], [0.25, 0.0, -1.0]], b1 = [0.0, 0.5, 1.5],
             W2 = [[2.0], [3.0], [-1.0]], b2 = [0.1]: x·W1 + b1 is [1.0, -0.5, 0.5], so h = [1.0, 0.0, 0.5],
             and the answer is [[2.0 + 0.0 - 0.5 + 0.1]] = [[1.6]].
    Hint:    np.maximum compares element by element; np.max looks for one largest number.
    """
    raise NotImplementedError("network is not written yet")
