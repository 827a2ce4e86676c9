"""Activations: what bends a network, and how a gradient finds its way back through the bend.

Each activation is a pair. `name_forward(x)` returns `(out, cache)`: the output, and whatever the way back will need.
`name_backward(dout, cache)` is given the gradient of the loss for `out` and returns the gradient of the loss for `x`.
Arrays are float64, and no function changes the arrays it is given.
"""

from typing import Any

import numpy as np

Array = np.ndarray
Cache = Any  # yours to choose: nobody but your own backward looks inside


def sigmoid_forward(x: Array) -> tuple[Array, Cache]:
    """Squash every element of x into (0, 1).

    Shapes: x any shape; out the shape of x.
    Formula: out = 1 / (1 + e^(-x)), which is the same number as e^x / (1 + e^x).
    Example: x = [0, 2] gives out = [0.5, 0.8808].
    Hint: x may be as far out as -1e4 or 1e4. Only one of the two forms overflows on either side of 0.
    """
    raise NotImplementedError("sigmoid_forward is not written yet")


def sigmoid_backward(dout: Array, cache: Cache) -> Array:
    """Return dx, the gradient of the loss for the x of sigmoid_forward.

    Shapes: dout and dx the shape of x.
    Formula: dx = dout * s * (1 - s), where s = sigmoid(x).
    Example: x = [2] and dout = [0.5] give dx = [0.5 * 0.8808 * 0.1192] = [0.0525].
    Hint: the forward has computed s already; keep it in the cache.
    """
    raise NotImplementedError("sigmoid_backward is not written yet")


def tanh_forward(x: Array) -> tuple[Array, Cache]:
    """Squash every element of x into (-1, 1).

    Shapes: x any shape; out the shape of x.
    Formula: out = (e^x - e^(-x)) / (e^x + e^(-x)).
    Example: x = [0, 0.5] gives out = [0, 0.4621].
    Hint: typed in as it stands, the formula is inf / inf for large x. NumPy has a function that is not.
    """
    raise NotImplementedError("tanh_forward is not written yet")


def tanh_backward(dout: Array, cache: Cache) -> Array:
    """Return dx, the gradient of the loss for the x of tanh_forward.

    Shapes: dout and dx the shape of x.
    Formula: dx = dout * (1 - t^2), where t = tanh(x).
    Example: x = [0.5] and dout = [2] give dx = [2 * (1 - 0.4621^2)] = [1.5729].
    Hint: t is the output of the forward, not its input.
    """
    raise NotImplementedError("tanh_backward is not written yet")


def relu_forward(x: Array) -> tuple[Array, Cache]:
    """Keep what is positive and replace the rest by 0.

    Shapes: x any shape; out the shape of x.
    Formula: out = max(0, x), element by element.
    Example: x = [-2, 0, 3] gives out = [0, 0, 3].
    Hint: out is a new array. The caller still needs x as it was.
    """
    raise NotImplementedError("relu_forward is not written yet")


def relu_backward(dout: Array, cache: Cache) -> Array:
    """Return dx, the gradient of the loss for the x of relu_forward.

    Shapes: dout and dx the shape of x.
    Formula: dx = dout where x > 0, and 0 elsewhere: at x = 0 the gradient is 0.
    Example: x = [-2, 0, 3] and dout = [5, 7, -1] give dx = [0, 0, -1].
    Hint: a comparison such as x > 0 is an array of True and False, and counts as ones and zeros in a product.
    """
    raise NotImplementedError("relu_backward is not written yet")


def leaky_relu_forward(x: Array, alpha: float = 0.1) -> tuple[Array, Cache]:
    """Keep what is positive and shrink the rest by the factor alpha.

    Shapes: x any shape; alpha a number between 0 and 1; out the shape of x.
    Formula: out = x where x > 0, and alpha * x elsewhere.
    Example: x = [-2, 0, 3] and alpha = 0.1 give out = [-0.2, 0, 3].
    Hint: the backward will not be given alpha. Put into the cache all that it needs.
    """
    raise NotImplementedError("leaky_relu_forward is not written yet")


def leaky_relu_backward(dout: Array, cache: Cache) -> Array:
    """Return dx, the gradient of the loss for the x of leaky_relu_forward.

    Shapes: dout and dx the shape of x.
    Formula: dx = dout where x > 0, and alpha * dout elsewhere: at x = 0 the gradient is alpha * dout.
    Example: x = [-2, 0, 3], alpha = 0.1 and dout = [5, 7, -1] give dx = [0.5, 0.7, -1].
    Hint: first the slope of every element, then the product with dout.
    """
    raise NotImplementedError("leaky_relu_backward is not written yet")


def elu_forward(x: Array, alpha: float = 1.0) -> tuple[Array, Cache]:
    """Keep what is positive and let the rest bend smoothly towards -alpha.

    Shapes: x any shape; alpha a positive number; out the shape of x.
    Formula: out = x where x > 0, and alpha * (e^x - 1) elsewhere.
    Example: x = [-1, 3] and alpha = 2 give out = [-1.2642, 3].
    Hint: np.where computes both of its branches for every element: e^x also where x is 1e4, unless you prevent it.
    """
    raise NotImplementedError("elu_forward is not written yet")


def elu_backward(dout: Array, cache: Cache) -> Array:
    """Return dx, the gradient of the loss for the x of elu_forward.

    Shapes: dout and dx the shape of x.
    Formula: dx = dout where x > 0, and dout * alpha * e^x elsewhere.
    Example: x = [-1, 3], alpha = 2 and dout = [3, 3] give dx = [3 * 2 * 0.36788, 3] = [2.2073, 3].
    Hint: for alpha = 1 some wrong formulas are right. Try yours with alpha = 2 and x = -1.
    """
    raise NotImplementedError("elu_backward is not written yet")


def maxout_forward(x: Array, w1: Array, b1: Array, w2: Array, b2: Array) -> tuple[Array, Cache]:
    """Return the larger of two affine maps of x, unit by unit.

    Shapes: x (N, D); w1 and w2 (D, M); b1 and b2 (M,); out (N, M).
    Formula: z1 = x w1 + b1, z2 = x w2 + b2 and out = max(z1, z2), element by element.
    Example: x = [[1, 2]], w1 = [[1], [0]], b1 = [0], w2 = [[0], [1]] and b2 = [0.5] give z1 = [[1]], z2 = [[2.5]]
        and out = [[2.5]].
    Hint: the backward has to know which of the two was larger, for every element of out.
    """
    raise NotImplementedError("maxout_forward is not written yet")


def maxout_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array, Array, Array]:
    """Return (dx, dw1, db1, dw2, db2), the gradients for all that maxout_forward was given, in its order.

    Shapes: dout (N, M); each gradient the shape of its argument: dx (N, D), dw1 (D, M), db1 (M,), ...
    Formula: dz1 = dout where z1 is the larger, else 0; dz2 = dout where z2 is the larger, else 0. Then
        dx = dz1 w1^T + dz2 w2^T,    dw1 = x^T dz1,    db1 = the sum of dz1 over the batch, and so for the second map.
    Example: in the forward's example with dout = [[3]]: dx = [[0, 3]], dw1 = [[0], [0]], db1 = [0], dw2 = [[3], [6]]
        and db2 = [3].
    Hint: share dout out between the two maps first; from there on each is an ordinary affine map.
    """
    raise NotImplementedError("maxout_backward is not written yet")


def softmax_forward(x: Array) -> tuple[Array, Cache]:
    """Turn scores into probabilities: along the last axis all are positive and sum to 1.

    Shapes: x any number of axes, one at least, for example (C,), (N, C) or (N, T, C); out the shape of x.
    Formula: out_i = e^(x_i) / sum_j e^(x_j), where j runs along the last axis.
    Example: x = [1, 2, 3] gives out = [0.0900, 0.2447, 0.6652], and so does x = [9998, 9999, 10000].
    Hint: taking the same number from all scores of a row changes nothing in out. Which number makes every e^x harmless?
    """
    raise NotImplementedError("softmax_forward is not written yet")


def softmax_backward(dout: Array, cache: Cache) -> Array:
    """Return dx, the gradient of the loss for the x of softmax_forward.

    Shapes: dout and dx the shape of x.
    Formula: dx_i = s_i * (dout_i - sum_j dout_j s_j), where s = softmax(x) and j runs along the last axis.
    Example: x = [1, 2, 3] and dout = [1, 0, 0]: the sum is 0.0900, and dx = [0.0819, -0.0220, -0.0599].
    Hint: every score moves every probability of its row: hence the sum. Along the last axis dx sums to 0.
    """
    raise NotImplementedError("softmax_backward is not written yet")
