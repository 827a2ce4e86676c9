"""Inputs of all steps are multiplied at once, x and h are one long row, weights one tall matrix; einsum for the rest."""

from types import SimpleNamespace

import numpy as np


def logistic(a):
    return np.tanh(a / 2) / 2 + 0.5


def rnn_forward(x, h0, wx, wh, b):
    pre = np.einsum("ntd,dh->nth", x, wx) + b
    h = np.empty((x.shape[1] + 1, *h0.shape))
    h[0] = h0
    for t in range(x.shape[1]):
        np.tanh(pre[:, t] + h[t] @ wh, out=h[t + 1])
    return h[1:].transpose(1, 0, 2), SimpleNamespace(x=x, h=h, wx=wx, wh=wh)


def rnn_backward(dout, cache):
    x, h, wx, wh = cache.x, cache.h, cache.wx, cache.wh
    da = np.zeros((dout.shape[1] + 1, *h[0].shape))
    for t in range(dout.shape[1] - 1, -1, -1):
        da[t] = (dout[:, t] + da[t + 1] @ wh.T) * (1 - h[t + 1] ** 2)
    da, h = da[:-1], h[:-1]
    return (
        np.einsum("tnh,dh->ntd", da, wx),
        da[0] @ wh.T,
        np.einsum("ntd,tnh->dh", x, da),
        np.einsum("tnk,tnh->kh", h, da),
        np.einsum("tnh->h", da),
    )


def rnn_step_forward(x, prev_h, wx, wh, b):
    h, cache = rnn_forward(x[:, None], prev_h, wx, wh, b)
    return h[:, 0], cache


def rnn_step_backward(dout, cache):
    dx, *rest = rnn_backward(dout[:, None], cache)
    return (dx[:, 0], *rest)


def lstm_step_forward(x, prev_h, prev_c, wx, wh, b):
    both = np.hstack([x, prev_h, np.ones((len(x), 1))])
    tall = np.vstack([wx, wh, b])
    a = (both @ tall).reshape(len(x), 4, -1)
    gates = np.concatenate([logistic(a[:, :3]), np.tanh(a[:, 3:])], axis=1)
    i, f, o, g = gates.swapaxes(0, 1)
    c = f * prev_c + i * g
    return [o * np.tanh(c), c], (both, tall, gates, prev_c, c, x.shape[1])


def lstm_step_backward(dout, cache):
    both, tall, gates, prev_c, c, d = cache
    i, f, o, g = gates.swapaxes(0, 1)
    shown = np.tanh(c)
    dc = dout[1] + dout[0] * o / np.cosh(c) ** 2
    dgates = np.stack([dc * g, dc * prev_c, dout[0] * shown, dc * i], axis=1)
    slopes = np.concatenate([gates[:, :3] * (1 - gates[:, :3]), 1 - gates[:, 3:] ** 2], axis=1)
    da = (dgates * slopes).reshape(len(both), -1)
    dboth, dtall = da @ tall.T, both.T @ da
    return [dboth[:, :d], dboth[:, d:-1], dc * f, dtall[:d], dtall[d:-1], dtall[-1]]


def lstm_forward(x, h0, wx, wh, b):
    def run():
        h, c = h0, np.zeros(h0.shape)
        for row in np.rollaxis(x, 1):
            (h, c), cache = lstm_step_forward(row, h, c, wx, wh, b)
            yield h, cache

    states, caches = zip(*run(), strict=True)
    return np.stack(states, 1), caches


def lstm_backward(dout, cache):
    def run(dh=0, dc=0):
        for upstream, one in zip(np.rollaxis(dout, 1)[::-1], cache[::-1], strict=True):
            dx, dh, dc, *shared = lstm_step_backward((upstream + dh, dc), one)
            yield dx, dh, *shared

    dx, dh, *shared = zip(*run(), strict=True)
    return np.stack(dx[::-1], 1), dh[-1], *(np.sum(each, axis=0) for each in shared)


def gru_step_forward(x, prev_h, wx, wh, b):
    ax = np.moveaxis((x @ wx + b).reshape(len(x), 3, -1), 1, 0)
    ah = np.moveaxis((prev_h @ wh).reshape(len(x), 3, -1), 1, 0)
    r, z = logistic(ax[:2] + ah[:2])
    new = np.tanh(ax[2] + r * ah[2])

    def back(dout):
        da = np.empty(ax.shape)
        da[2] = dout * (1 - z) * (1 - new) * (1 + new)
        da[1] = dout * (prev_h - new) * z * (1 - z)
        da[0] = da[2] * ah[2] * r * (1 - r)
        dh = da * np.stack([np.ones_like(r), np.ones_like(r), r])
        flat, flat_h = (np.moveaxis(each, 0, 1).reshape(len(x), -1) for each in (da, dh))
        return flat @ wx.T, z * dout + flat_h @ wh.T, x.T @ flat, prev_h.T @ flat_h, flat.sum(0)

    return new - z * new + z * prev_h, back


def gru_step_backward(dout, cache):
    return cache(dout)
