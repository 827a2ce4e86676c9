"""Einsum, transposed views as results, decorators that keep x and nothing else, and a cache that is an iterator."""

import numpy as np


def keeps_inputs(function):
    def forward(*args, **kwargs):
        return function(*args, **kwargs), iter((args, kwargs))

    return forward


def back_to_back(x):
    """Return the same numbers, seen through a transposed copy."""
    return np.ascontiguousarray(x.T).T


def sigma(x):
    return 1 / (1 + np.exp(-np.maximum(x, -700.0)))


@keeps_inputs
def sigmoid_forward(x):
    return back_to_back(sigma(x))


def sigmoid_backward(dout, cache):
    (x,), _ = cache
    return back_to_back(dout * sigma(x) * sigma(-x))


@keeps_inputs
def tanh_forward(x):
    return back_to_back(sigma(2 * x) - sigma(-2 * x))


def tanh_backward(dout, cache):
    (x,), _ = cache
    return dout / np.cosh(np.clip(x, -300, 300)) ** 2


@keeps_inputs
def relu_forward(x):
    return np.where(np.greater(x, 0), x, np.zeros(()))


def relu_backward(dout, cache):
    (x,), _ = cache
    return np.multiply(dout, np.heaviside(x, 0))


def first_and(x, alpha):
    return x, alpha


@keeps_inputs
def leaky_relu_forward(x, alpha=0.1):
    return x - (1 - alpha) * np.minimum(x, 0)


def leaky_relu_backward(dout, cache):
    args, kwargs = cache
    alpha = args[1] if len(args) > 1 else kwargs.get("alpha", 0.1)
    return dout - (1 - alpha) * np.where(args[0] <= 0, dout, 0)


@keeps_inputs
def elu_forward(x, alpha=1.0):
    out = np.expm1(np.where(x < 0, x, 0)) * alpha
    return out + np.where(x > 0, x, 0)


def elu_backward(dout, cache):
    args, kwargs = cache
    alpha = args[1] if len(args) > 1 else kwargs.get("alpha", 1.0)
    slope = np.piecewise(args[0], [args[0] > 0], [1.0, lambda v: alpha * np.exp(v)])
    return np.einsum("...,...->...", dout, slope)


@keeps_inputs
def maxout_forward(x, w1, b1, w2, b2):
    z = np.einsum("nd,kdm->knm", x, np.array([w1, w2])) + np.array([b1, b2])[:, None]
    return z.max(axis=0)


def maxout_backward(dout, cache):
    (x, w1, b1, w2, b2), _ = cache
    w = np.array([w1, w2])
    z = np.einsum("nd,kdm->knm", x, w) + np.array([b1, b2])[:, None]
    dz = dout * np.array([z[0] > z[1], z[0] <= z[1]])
    dw, db = np.einsum("nd,knm->kdm", x, dz), np.einsum("knm->km", dz)
    return [np.einsum("knm,kdm->nd", dz, w), dw[0], db[0], dw[1], db[1]]


@keeps_inputs
def softmax_forward(x):
    return probabilities(x)


def probabilities(x):
    return np.exp(x - np.logaddexp.reduce(x, axis=-1, keepdims=True))


def softmax_backward(dout, cache):
    (x,), _ = cache
    s = probabilities(x)
    jacobian = np.einsum("...i,ij->...ij", s, np.eye(s.shape[-1])) - np.einsum("...i,...j->...ij", s, s)
    return np.einsum("...ij,...j->...i", jacobian, dout)
