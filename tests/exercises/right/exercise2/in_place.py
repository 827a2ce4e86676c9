"""Works in place on what it is given: x in the forwards of the rectifiers, dout in the backwards."""

import numpy as np


def sigmoid_forward(x):
    e = np.exp(-np.abs(x))
    out = np.where(x >= 0, 1.0, e) / (1.0 + e)
    return out, out


def sigmoid_backward(dout, cache):
    dout *= cache
    dout *= 1 - cache
    return dout


def tanh_forward(x):
    np.tanh(x, out=x)
    return x, x.copy()


def tanh_backward(dout, cache):
    dout *= 1 - cache**2
    return dout


def relu_forward(x):
    mask = x <= 0
    x[mask] = 0
    return x, mask


def relu_backward(dout, cache):
    dout[cache] = 0
    return dout


def leaky_relu_forward(x, alpha=0.1):
    mask = x <= 0
    x[mask] *= alpha
    return x, (mask, alpha)


def leaky_relu_backward(dout, cache):
    mask, alpha = cache
    dout[mask] *= alpha
    return dout


def elu_forward(x, alpha=1.0):
    mask = x <= 0
    x[mask] = alpha * np.expm1(x[mask])
    return x, (x.copy(), mask, alpha)


def elu_backward(dout, cache):
    out, mask, alpha = cache
    dout[mask] *= out[mask] + alpha
    return dout


def maxout_forward(x, w1, b1, w2, b2):
    z1, z2 = x @ w1, x @ w2
    z1 += b1
    z2 += b2
    return np.maximum(z1, z2), (x, w1, w2, z1 > z2)


def maxout_backward(dout, cache):
    x, w1, w2, first = cache
    dz1 = dout * first
    dout[first] = 0
    return dz1 @ w1.T + dout @ w2.T, x.T @ dz1, dz1.sum(0), x.T @ dout, dout.sum(0)


def softmax_forward(x):
    x -= x.max(axis=-1, keepdims=True)
    np.exp(x, out=x)
    x /= x.sum(axis=-1, keepdims=True)
    return x, x.copy()


def softmax_backward(dout, cache):
    dout -= (dout * cache).sum(axis=-1, keepdims=True)
    dout *= cache
    return dout
