"""Convolution and pooling: the layers that look at an image through a small window, and their gradients.

Each is a pair. `name_forward(...)` returns out and a cache: whatever the backward needs. `name_backward(dout, cache)`
gets the gradient for out and returns the gradients for the arrays that the forward was given. Images are
(N, C, H, W): N examples, C channels, H rows, W columns. Nothing here changes its arguments.
"""

from typing import Any

import numpy as np

Array = np.ndarray
Cache = Any
Param = dict[str, int]


def conv_forward(x: Array, w: Array, b: Array, conv_param: Param) -> tuple[Array, Cache]:
    """Convolve images with kernels: each output is the sum of a window times a kernel, plus a bias.

    Shapes:  x (N, C, H, W); w (F, C, HH, WW): F kernels; b (F,); conv_param has the keys "stride" and "pad".
             out (N, F, H', W') with H' = 1 + (H + 2·pad − HH) // stride, W' = 1 + (W + 2·pad − WW) // stride.
    Formula: p is x with pad zeros on all four sides; out[n, f, i, j] = b[f]
             + Σ over c, u, v of p[n, c, i·stride + u, j·stride + v] · w[f, c, u, v]. The kernel is not flipped.
    Example: x = [[1, 2, 3], [4, 5, 6], [7, 8, 9]], w = [[1, 2], [0, −1]], b = 0.5 (one example, one channel, one
             kernel), stride 1, pad 0: the first window gives 1·1 + 2·2 + 4·0 − 5·1 + 0.5 = 0.5, and
             out = [[0.5, 2.5], [6.5, 8.5]].
    Hint:    np.pad takes a pair (before, after) for each axis. Loop over i and j only, and treat all examples and
             kernels at once; or begin with loops over everything, which is right too.
    """
    raise NotImplementedError("conv_forward is not written yet")


def conv_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """The gradients of the convolution for x, w and b.

    Shapes:  dout (N, F, H', W'); returns dx (N, C, H, W), dw (F, C, HH, WW), db (F,).
    Formula: each output (i, j) sends its gradient back through its own window:
             dw[f] += dout[n, f, i, j] · window, dwindow += dout[n, f, i, j] · w[f], db[f] += dout[n, f, i, j].
    Example: x, w, stride and pad as above, dout = [[1, 0], [0, 2]]: dw = 1·[[1, 2], [4, 5]] + 2·[[5, 6], [8, 9]]
             = [[11, 14], [20, 23]], db = 3, dx = [[1, 2, 0], [0, 1, 4], [0, 0, −2]].
    Hint:    collect the gradient of the padded image with +=, for windows overlap; cut the padding off at the end.
             a[pad:-pad] is empty when pad is 0, and a[pad : pad + H] is not.
    """
    raise NotImplementedError("conv_backward is not written yet")


def max_pool_forward(x: Array, pool_param: Param) -> tuple[Array, Cache]:
    """Max pooling: of each window, in each channel, the largest value.

    Shapes:  x (N, C, H, W); pool_param has the keys "pool_height", "pool_width" and "stride".
             out (N, C, H', W') with H' = 1 + (H − pool_height) // stride, W' = 1 + (W − pool_width) // stride.
    Formula: out[n, c, i, j] = max over u, v of x[n, c, i·stride + u, j·stride + v], u < pool_height, v < pool_width.
    Example: x = [[1, 3, 2], [4, 6, 5], [9, 7, 8]] (one example, one channel), windows of 2 × 2, stride 1:
             out = [[6, 6], [9, 8]]. With stride 2 only one window fits: out = [[6]].
    Hint:    max takes two axes at once. Channels do not meet: each is pooled on its own.
    """
    raise NotImplementedError("max_pool_forward is not written yet")


def max_pool_backward(dout: Array, cache: Cache) -> Array:
    """The gradient of max pooling for x: what was largest in a window gets that window's gradient.

    Shapes:  dout (N, C, H', W'); returns dx (N, C, H, W).
    Formula: dx[n, c] at the place of the maximum of window (i, j) += dout[n, c, i, j]; 0 elsewhere. Where several
             values of a window are the largest, one of them gets all of it, whichever you like.
    Example: x as above, windows of 2 × 2, stride 1, dout = [[1, 2], [3, 4]]: the 6 is the largest of two windows,
             so dx = [[0, 0, 0], [0, 1 + 2, 0], [3, 0, 4]].
    Hint:    argmax of a flattened window finds one place. Windows may overlap, and the same value may win twice.
    """
    raise NotImplementedError("max_pool_backward is not written yet")


def avg_pool_forward(x: Array, pool_param: Param) -> tuple[Array, Cache]:
    """Average pooling: of each window, in each channel, the mean.

    Shapes:  x (N, C, H, W); pool_param has the keys "pool_height", "pool_width" and "stride".
             out (N, C, H', W') with H' = 1 + (H − pool_height) // stride, W' = 1 + (W − pool_width) // stride.
    Formula: out[n, c, i, j] = mean over u, v of x[n, c, i·stride + u, j·stride + v], u < pool_height, v < pool_width.
    Example: x = [[1, 3, 2], [4, 6, 5], [9, 7, 8]] (one example, one channel), windows of 2 × 2, stride 1:
             (1 + 3 + 4 + 6) / 4 = 3.5 comes first, out = [[3.5, 4], [6.5, 6.5]].
    Hint:    it is max_pool_forward with one word changed.
    """
    raise NotImplementedError("avg_pool_forward is not written yet")


def avg_pool_backward(dout: Array, cache: Cache) -> Array:
    """The gradient of average pooling for x: all values of a window share its gradient equally.

    Shapes:  dout (N, C, H', W'); returns dx (N, C, H, W).
    Formula: dx[n, c] in every place of window (i, j) += dout[n, c, i, j] / (pool_height · pool_width).
    Example: 3 × 3 values, windows of 2 × 2, stride 1, dout = [[1, 2], [3, 4]]: each window hands a quarter to each of
             its four places, so dx = [[0.25, 0.75, 0.5], [1, 2.5, 1.5], [0.75, 1.75, 1]].
    Hint:    only the shape of x is needed, not its values. One number for each example and channel is to fill a window:
             [:, :, None, None] gives it two axes to stretch along.
    """
    raise NotImplementedError("avg_pool_backward is not written yet")
