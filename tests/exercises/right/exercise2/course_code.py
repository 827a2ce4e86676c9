"""As in public course code: out first, then cache = x; what is needed is computed again in the backward."""

import numpy as np


def _stable_sigmoid(x):
    pos_mask = x >= 0
    neg_mask = x < 0
    z = np.zeros_like(x)
    z[pos_mask] = np.exp(-x[pos_mask])
    z[neg_mask] = np.exp(x[neg_mask])
    top = np.ones_like(x)
    top[neg_mask] = z[neg_mask]
    return top / (1 + z)


def sigmoid_forward(x):
    out = _stable_sigmoid(x)
    cache = x
    return out, cache


def sigmoid_backward(dout, cache):
    dx, x = None, cache
    s = _stable_sigmoid(x)
    dx = dout * (s * (1 - s))
    return dx


def tanh_forward(x):
    out = 2 * _stable_sigmoid(2 * x) - 1
    cache = x
    return out, cache


def tanh_backward(dout, cache):
    x = cache
    s = _stable_sigmoid(2 * x)
    return dout * 4 * s * (1 - s)


def relu_forward(x):
    out = x * (x > 0)
    cache = x
    return out, cache


def relu_backward(dout, cache):
    dx, x = None, cache
    dx = dout.copy()
    dx[x <= 0] = 0
    return dx


def leaky_relu_forward(x, alpha=0.1):
    out = np.maximum(alpha * x, x)
    cache = (x, {"alpha": alpha})
    return out, cache


def leaky_relu_backward(dout, cache):
    x, param = cache
    dx = np.ones_like(x)
    dx[x <= 0] = param.get("alpha")
    return dx * dout


def elu_forward(x, alpha=1.0):
    out = x.copy()
    neg = x <= 0
    out[neg] = alpha * (np.exp(x[neg]) - 1)
    cache = (out, x, alpha)
    return out, cache


def elu_backward(dout, cache):
    out, x, alpha = cache
    dx = np.array(dout, copy=True)
    neg = x <= 0
    dx[neg] *= out[neg] + alpha
    return dx


def maxout_forward(x, w1, b1, w2, b2):
    N, D = x.shape
    scores = np.stack([x.dot(w1) + b1, x.dot(w2) + b2])
    out = np.max(scores, axis=0)
    cache = (x, w1, b1, w2, b2, np.argmax(scores, axis=0))
    return out, cache


def maxout_backward(dout, cache):
    x, w1, b1, w2, b2, arg = cache
    N, M = dout.shape
    dscores = np.zeros((2, N, M))
    rows, cols = np.meshgrid(np.arange(N), np.arange(M), indexing="ij")
    dscores[arg, rows, cols] = dout
    dx = dscores[0].dot(w1.T)
    dx += dscores[1].dot(w2.T)
    dw1, dw2 = x.T.dot(dscores[0]), x.T.dot(dscores[1])
    db1, db2 = np.sum(dscores[0], axis=0), np.sum(dscores[1], axis=0)
    return dx, dw1, db1, dw2, db2


def softmax_forward(x):
    x_shape = x.shape
    flat = x.reshape(-1, x_shape[-1])
    shifted_logits = flat - np.max(flat, axis=1, keepdims=True)
    Z = np.sum(np.exp(shifted_logits), axis=1, keepdims=True)
    log_probs = shifted_logits - np.log(Z)
    probs = np.exp(log_probs)
    out = probs.reshape(x_shape)
    cache = (probs, x_shape)
    return out, cache


def softmax_backward(dout, cache):
    probs, x_shape = cache
    dflat = dout.reshape(probs.shape)
    dx = np.zeros_like(probs)
    for i in range(probs.shape[0]):
        p = probs[i].reshape(-1, 1)
        jacobian = np.diagflat(p) - p.dot(p.T)
        dx[i] = jacobian.dot(dflat[i])
    return dx.reshape(x_shape)
