"""One element after the other, with Python's math; the caches are dicts and lists."""

import math

import numpy as np


def each(function, *arrays):
    out = np.zeros(arrays[0].shape)
    for index in np.ndindex(*arrays[0].shape):
        out[index] = function(*(float(array[index]) for array in arrays))
    return out


def sigmoid_number(x):
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))


def sigmoid_forward(x):
    out = each(sigmoid_number, x)
    return out, {"s": out}


def sigmoid_backward(dout, cache):
    return each(lambda d, s: d * s * (1 - s), dout, cache["s"])


def tanh_forward(x):
    out = each(math.tanh, x)
    return out, {"t": out}


def tanh_backward(dout, cache):
    return each(lambda d, t: d * (1 - t * t), dout, cache["t"])


def relu_forward(x):
    return each(lambda v: v if v > 0 else 0, x), {"x": x}


def relu_backward(dout, cache):
    return each(lambda d, v: d if v > 0 else 0, dout, cache["x"])


def leaky_relu_forward(x, alpha=0.1):
    return each(lambda v: v if v > 0 else alpha * v, x), {"x": x, "alpha": alpha}


def leaky_relu_backward(dout, cache):
    return each(lambda d, v: d if v > 0 else cache["alpha"] * d, dout, cache["x"])


def elu_forward(x, alpha=1.0):
    return each(lambda v: v if v > 0 else alpha * (math.exp(v) - 1), x), [x, alpha]


def elu_backward(dout, cache):
    x, alpha = cache
    return each(lambda d, v: d if v > 0 else d * alpha * math.exp(v), dout, x)


def maxout_forward(x, w1, b1, w2, b2):
    n, d = x.shape
    m = len(b1)
    out, winner = np.zeros((n, m)), np.zeros((n, m), dtype=int)
    for i in range(n):
        for j in range(m):
            one, two = b1[j], b2[j]
            for k in range(d):
                one += x[i, k] * w1[k, j]
                two += x[i, k] * w2[k, j]
            winner[i, j] = 1 if one > two else 2
            out[i, j] = max(one, two)
    return out, [x, w1, w2, winner]


def maxout_backward(dout, cache):
    x, w1, w2, winner = cache
    n, m = winner.shape
    d = x.shape[1]
    dx, dw = np.zeros((n, d)), {1: np.zeros((d, m)), 2: np.zeros((d, m))}
    db = {1: np.zeros(m), 2: np.zeros(m)}
    for i in range(n):
        for j in range(m):
            which = winner[i, j]
            w = w1 if which == 1 else w2
            db[which][j] += dout[i, j]
            for k in range(d):
                dx[i, k] += dout[i, j] * w[k, j]
                dw[which][k, j] += dout[i, j] * x[i, k]
    return dx, dw[1], db[1], dw[2], db[2]


def softmax_forward(x):
    out = np.zeros(x.shape)
    for index in np.ndindex(*x.shape[:-1]):
        row = [float(v) for v in x[index]]
        most = max(row)
        exps = [math.exp(v - most) for v in row]
        out[index] = [e / sum(exps) for e in exps]
    return out, out


def softmax_backward(dout, cache):
    dx = np.zeros(cache.shape)
    for index in np.ndindex(*cache.shape[:-1]):
        s, d = cache[index], dout[index]
        for i in range(len(s)):
            for j in range(len(s)):
                dx[index + (i,)] += d[j] * s[j] * ((1 if i == j else 0) - s[i])
    return dx
