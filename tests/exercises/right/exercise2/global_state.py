"""The caches are None: what a backward needs lies on a stack of the module's own, and only the last forward's is there."""

import numpy as np

LAST = {}


def remembering(name, function):
    def forward(*args, **kwargs):
        out, LAST[name] = function(*args, **kwargs)
        return out, None

    return forward


def recalling(name, function):
    def backward(dout, cache):
        assert cache is None
        return function(dout, LAST[name])

    return backward


def sigmoid(x):
    out = np.exp(-np.logaddexp(0, -x))
    return out, out


def tanh(x):
    return np.tanh(x), np.tanh(x)


def relu(x):
    return np.maximum(0, x), x > 0


def leaky_relu(x, alpha=0.1):
    slope = np.where(x > 0, 1, alpha)
    return x * slope, slope


def elu(x, alpha=1.0):
    e = np.exp(np.minimum(x, 0))
    return np.where(x > 0, x, alpha * (e - 1)), np.where(x > 0, 1, alpha * e)


def maxout(x, w1, b1, w2, b2):
    z1, z2 = x @ w1 + b1, x @ w2 + b2
    return np.maximum(z1, z2), (x, w1, w2, z1 > z2)


def maxout_back(dout, saved):
    x, w1, w2, first = saved
    d1, d2 = np.where(first, dout, 0), np.where(first, 0, dout)
    return d1 @ w1.T + d2 @ w2.T, x.T @ d1, d1.sum(0), x.T @ d2, d2.sum(0)


def softmax(x):
    out = np.exp(x - x.max(-1, keepdims=True))
    out /= out.sum(-1, keepdims=True)
    return out, out


sigmoid_forward, sigmoid_backward = remembering("s", sigmoid), recalling("s", lambda d, s: d * s * (1 - s))
tanh_forward, tanh_backward = remembering("t", tanh), recalling("t", lambda d, t: d * (1 - t * t))
relu_forward, relu_backward = remembering("r", relu), recalling("r", lambda d, m: d * m)
leaky_relu_forward, leaky_relu_backward = remembering("l", leaky_relu), recalling("l", lambda d, m: d * m)
elu_forward, elu_backward = remembering("e", elu), recalling("e", lambda d, m: d * m)
maxout_forward, maxout_backward = remembering("m", maxout), recalling("m", maxout_back)
softmax_forward = remembering("p", softmax)
softmax_backward = recalling("p", lambda d, s: s * (d - (d * s).sum(-1, keepdims=True)))
