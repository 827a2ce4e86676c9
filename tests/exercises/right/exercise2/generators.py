"""Each activation is written down once, as a generator that yields its output, is sent dout, and yields the gradient."""

import functools

import numpy as np


def pair(generator):
    @functools.wraps(generator)
    def forward(*args, **kwargs):
        running = generator(*args, **kwargs)
        return next(running), running

    def backward(dout, cache):
        return cache.send(dout)

    return forward, backward


def sigmoid(x):
    e = np.exp(-np.fabs(x))
    s = np.where(x < 0, e, 1.0) / (1.0 + e)
    dout = yield s
    yield dout * s * (1.0 - s)


def tanh(x):
    e = np.exp(-2.0 * np.fabs(x))
    t = np.sign(x) * (1.0 - e) / (1.0 + e)
    dout = yield t
    yield dout * 4.0 * e / (1.0 + e) ** 2


def relu(x):
    out = x.clip(0)
    dout = yield out
    yield dout * np.sign(out)


def leaky_relu(x, alpha=0.1):
    dout = yield np.fmax(x, 0.0) + alpha * np.fmin(x, 0.0)
    yield np.choose(x > 0, [alpha * dout, dout])


def elu(x, alpha=1.0):
    e = np.exp(np.where(x > 0, 0.0, x))
    dout = yield np.where(x > 0, x, alpha * e - alpha)
    yield dout * np.where(x > 0, 1.0, alpha * e)


def maxout(x, w1, b1, w2, b2):
    w, b = np.hstack([w1, w2]), np.hstack([b1, b2])
    z = (x @ w + b).reshape(len(x), 2, -1)
    best = z.argmax(axis=1)
    dout = yield np.take_along_axis(z, best[:, None], axis=1)[:, 0]
    dz = np.zeros_like(z)
    np.put_along_axis(dz, best[:, None], dout[:, None], axis=1)
    dz = dz.reshape(len(x), -1)
    dw, db = x.T @ dz, dz.sum(0)
    half = len(b1)
    yield dz @ w.T, dw[:, :half], db[:half], dw[:, half:], db[half:]


def softmax(x):
    shifted = x - x.max(-1, keepdims=True)
    s = np.exp(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)))
    dout = yield s
    yield s * (dout - (s * dout).sum(-1, keepdims=True))


sigmoid_forward, sigmoid_backward = pair(sigmoid)
tanh_forward, tanh_backward = pair(tanh)
relu_forward, relu_backward = pair(relu)
leaky_relu_forward, leaky_relu_backward = pair(leaky_relu)
elu_forward, elu_backward = pair(elu)
maxout_forward, maxout_backward = pair(maxout)
softmax_forward, softmax_backward = pair(softmax)
