"""Dense layers and backpropagation: one layer, a network of layers, and the training that makes it learn.

Losses have their own exercise (exercise3), and so have better rules than plain gradient descent (exercise5).
"""

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int64]
Params = list[tuple[Array, Array]]
Cache = Any

BATCH = 32


def linear_forward(x: Array, w: Array, b: Array) -> tuple[Array, Cache]:
    """Return (out, cache): every example of x, flattened to a row, times w, plus b.

    Shapes:  x (N, d1, ..., dk), flattened to (N, D) with D = d1 * ... * dk;  w (D, M);  b (M,);  out (N, M)
    Formula: out = x w + b  (b is added to every row)
    Example: x = [[1, 2]], w = [[0.5, 1], [-1, 3]], b = [0.1, 0]: out = [[1*0.5 - 2*1 + 0.1, 1*1 + 2*3]] = [[-1.4, 7]]
    Hint:    x.reshape(len(x), -1) keeps the examples apart and flattens the rest. The cache is yours: put in
             whatever linear_backward will need, the shape of x included.
    """
    ### BEGIN SOLUTION
    rows = x.reshape(len(x), -1)
    return rows @ w + b, (x.shape, rows, w)
    ### END SOLUTION


def linear_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Return (dx, dw, db), the gradients of the loss for x, w and b, each in the shape of its argument.

    Shapes:  dout (N, M), the gradient of the loss for out;  dx like x;  dw (D, M);  db (M,)
    Formula: dx = dout w^T, in the shape of x;   dw = x^T dout, x flattened;   db = the sum of dout over the examples
    Example: with x and w as above and dout = [[1, 2]]: dx = [[1*0.5 + 2*1, -1*1 + 2*3]] = [[2.5, 5]],
             dw = [[1, 2], [2, 4]], db = [1, 2]
    Hint:    let the shapes lead you: only one order and one transpose of x and dout makes a (D, M) matrix.
    """
    ### BEGIN SOLUTION
    shape, rows, w = cache
    dx = (dout @ w.T).reshape(shape)
    dw = rows.T @ dout
    db = dout.sum(axis=0)
    return dx, dw, db
    ### END SOLUTION


def xavier_init(fan_in: int, fan_out: int, seed: int) -> Array:
    """Return random weights that keep the variance of the signal where the activation is (nearly) linear: Xavier.

    Shapes:  (fan_in, fan_out)
    Formula: drawn from a normal distribution with mean 0 and variance 1 / fan_in
    Example: fan_in = 100: the standard deviation is 0.1, so about two thirds of the weights lie within -0.1 ... 0.1
    Hint:    rng = np.random.default_rng(seed); rng.normal wants the standard deviation, not the variance.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    return rng.normal(0.0, np.sqrt(1 / fan_in), size=(fan_in, fan_out))
    ### END SOLUTION


def he_init(fan_in: int, fan_out: int, seed: int) -> Array:
    """Return random weights that keep the size of the signal through ReLU, which sets half of it to 0: He.

    Shapes:  (fan_in, fan_out)
    Formula: drawn from a normal distribution with mean 0 and variance 2 / fan_in
    Example: fan_in = 50: the standard deviation is 0.2
    Hint:    as xavier_init; only the variance is twice as large.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    return rng.normal(0.0, np.sqrt(2 / fan_in), size=(fan_in, fan_out))
    ### END SOLUTION


def mlp_forward(x: Array, params: Params) -> tuple[Array, Cache]:
    """Return (out, cache): x sent through all layers, with ReLU between them and none after the last.

    Shapes:  x (N, D);  params: a list of (w, b), one at least, the first w (D, H1), the next (H1, H2), ...,
             the last (Hk, M);  out (N, M)
    Formula: h0 = x;   h_i = max(0, h_{i-1} w_i + b_i) for every layer but the last;   out = h_k w + b
    Example: x = [[1]], params = [([[2, -3]], [0, 1]), ([[1], [1]], [-5])]: the first layer gives [2, -2],
             ReLU makes it [2, 0], the last gives 2*1 + 0*1 - 5 = -3, and -3 it stays: out = [[-3]]
    Hint:    use linear_forward; mlp_backward will need the cache of every layer, and where each ReLU was open.
    """
    ### BEGIN SOLUTION
    *hidden, last = params
    steps = []
    for w, b in hidden:
        z, step = linear_forward(x, w, b)
        steps.append((step, z > 0))
        x = np.maximum(z, 0.0)
    out, top = linear_forward(x, *last)
    return out, (steps, top)
    ### END SOLUTION


def mlp_backward(dout: Array, cache: Cache) -> tuple[Array, Params]:
    """Return (dx, grads): the gradient of the loss for x, and a list of (dw, db) in the order of params.

    Shapes:  dout (N, M);  dx (N, D);  grads: like params, pair by pair
    Formula: from the last layer to the first: linear_backward gives dw, db and the gradient of the layer's input;
             the ReLU below lets it through where its own input was > 0, and stops it elsewhere
    Example: in the network above with dout = [[1]]: the last layer gets dw = [[2], [0]], db = [1] and passes
             [1, 1] down; ReLU was open for the first only: [1, 0]; so dw = [[1, 0]], db = [1, 0] and dx = [[2]]
    Hint:    walk through the caches in reverse, collect the pairs, and turn the list round at the end.
    """
    ### BEGIN SOLUTION
    steps, top = cache
    dx, dw, db = linear_backward(dout, top)
    grads = [(dw, db)]
    for step, active in reversed(steps):
        dx, dw, db = linear_backward(dx * active, step)
        grads.append((dw, db))
    return dx, grads[::-1]
    ### END SOLUTION


def sgd_step(params: Params, grads: Params, lr: float) -> Params:
    """Return new params, one step of gradient descent away from params, which stay as they are.

    Shapes:  params, grads and the result: lists of pairs (w, b), (dw, db), (w, b) with the same shapes
    Formula: w - lr * dw  and  b - lr * db
    Example: w = [[1]], b = [0], dw = [[2]], db = [-1], lr = 0.1: the new pair is ([[0.8]], [0.1])
    Hint:    w -= ... would change the array you were given; w - ... makes a new one.
    """
    ### BEGIN SOLUTION
    return [(w - lr * dw, b - lr * db) for (w, b), (dw, db) in zip(params, grads, strict=True)]
    ### END SOLUTION


### BEGIN SOLUTION
def _cross_entropy_gradient(logits: Array, y: Labels) -> Array:
    """Return the gradient of the mean cross-entropy for the logits: (softmax(logits) - one_hot(y)) / N."""
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1.0
    return p / len(y)


### END SOLUTION
def train_mlp(x: Array, y: Labels, hidden: list[int], epochs: int, lr: float, seed: int) -> Params:
    """Return the params of a network that has learnt to tell the classes y of the examples x.

    Shapes:  x (N, D);  y (N,), classes counted from 0;  hidden: the widths of the hidden layers, maybe none: [];
             the result: layers of the widths D, *hidden, C as a list of (w, b), with C = max(y) + 1 outputs
    Formula: start with He weights and biases 0. In each epoch: put the examples into a new random order, cut it into
             mini-batches of 32 (the last may be smaller), and for each batch step by lr against the gradient of its
             mean softmax cross-entropy, whose gradient for the logits is (softmax(logits) - one_hot(y)) / batch size
    Example: 100 examples of 2 numbers in 3 classes, hidden = [8], epochs = 5: w is (2, 8), then (8, 3), and there
             are 5 * 4 = 20 steps
    Hint:    pairwise(widths) gives (fan_in, fan_out) for each layer. One generator, rng = np.random.default_rng(seed),
             gives the orders (rng.permutation(N)) and, so that no two layers start alike, a seed of its own for each
             layer (int(rng.integers(2**31))).
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    widths = [x.shape[1], *hidden, int(y.max()) + 1]
    params = [
        (he_init(fan_in, fan_out, int(rng.integers(2**31))), np.zeros(fan_out)) for fan_in, fan_out in pairwise(widths)
    ]
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), BATCH):
            batch = order[start : start + BATCH]
            logits, cache = mlp_forward(x[batch], params)
            _, grads = mlp_backward(_cross_entropy_gradient(logits, y[batch]), cache)
            params = sgd_step(params, grads, lr)
    return params
    ### END SOLUTION
