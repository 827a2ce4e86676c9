"""Works in place: what comes in is masked, shifted and updated where it lies."""

import numpy as np


def linear_forward(x, w, b):
    flat = x.reshape(len(x), -1)
    return flat @ w + b, (x, flat.copy(), w.copy())


def linear_backward(dout, cache):
    x, flat, w = cache
    grads = (dout @ w.T).reshape(x.shape), flat.T @ dout, dout.sum(axis=0)
    dout[...] = 0
    return grads


def xavier_init(fan_in, fan_out, seed):
    w = np.random.default_rng(seed).standard_normal((fan_in, fan_out))
    w /= np.sqrt(fan_in)
    return w


def he_init(fan_in, fan_out, seed):
    w = xavier_init(fan_in, fan_out, seed)
    w *= np.sqrt(2)
    return w


def mlp_forward(x, params):
    saved = []
    for w, b in params[:-1]:
        z = x @ w
        z += b
        z[z < 0] = 0
        saved.append((x, w))
        x = z
    w, b = params[-1]
    return x @ w + b, [*saved, (x, w)]


def mlp_backward(dout, cache):
    grads = []
    for number, (x, w) in reversed(list(enumerate(cache))):
        grads.append((x.T @ dout, dout.sum(axis=0)))
        dx = dout @ w.T
        if number:
            dx[x <= 0] = 0
        else:
            dout *= 0.5
        dout = dx
    return dout, grads[::-1]


def sgd_step(params, grads, lr):
    for (w, b), (dw, db) in zip(params, grads):
        w -= lr * dw
        b -= lr * db
    return params


def train_mlp(x, y, hidden, epochs, lr, seed):
    rng = np.random.default_rng(seed)
    widths = [x.shape[1], *hidden, int(y.max()) + 1]
    params = [(he_init(m, n, int(rng.integers(2**31))), np.zeros(n)) for m, n in zip(widths, widths[1:])]
    order = np.arange(len(x))
    for _ in range(epochs):
        rng.shuffle(order)
        for start in range(0, len(x), 32):
            batch = order[start : start + 32]
            p, cache = mlp_forward(x[batch], params)
            p -= p.max(axis=1, keepdims=True)
            np.exp(p, out=p)
            p /= p.sum(axis=1, keepdims=True)
            p[np.arange(len(batch)), y[batch]] -= 1
            p /= len(batch)
            sgd_step(params, mlp_backward(p.copy(), cache)[1], lr)
    return params
