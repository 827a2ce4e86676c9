"""As in public course code: caches of everything, loops over time that fill arrays of zeros."""

import numpy as np


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    next_h = np.tanh(x.dot(Wx) + prev_h.dot(Wh) + b)
    cache = (x, prev_h, Wx, Wh, b, next_h)
    return next_h, cache


def rnn_step_backward(dnext_h, cache):
    x, prev_h, Wx, Wh, b, next_h = cache
    dtanh = dnext_h * (1 - next_h * next_h)
    dx = dtanh.dot(Wx.T)
    dWx = x.T.dot(dtanh)
    dprev_h = dtanh.dot(Wh.T)
    dWh = prev_h.T.dot(dtanh)
    db = np.sum(dtanh, axis=0)
    return dx, dprev_h, dWx, dWh, db


def rnn_forward(x, h0, Wx, Wh, b):
    N, T, _ = x.shape
    H = h0.shape[1]
    h, cache = np.zeros((N, T, H)), []
    prev_h = h0
    for t in range(T):
        prev_h, step = rnn_step_forward(x[:, t, :], prev_h, Wx, Wh, b)
        h[:, t, :] = prev_h
        cache.append(step)
    return h, cache


def rnn_backward(dh, cache):
    N, T, H = dh.shape
    D = cache[0][0].shape[1]
    dx, dprev_h = np.zeros((N, T, D)), np.zeros((N, H))
    dWx, dWh, db = np.zeros((D, H)), np.zeros((H, H)), np.zeros(H)
    for t in reversed(range(T)):
        dx[:, t], dprev_h, dWx_t, dWh_t, db_t = rnn_step_backward(dh[:, t] + dprev_h, cache[t])
        dWx += dWx_t
        dWh += dWh_t
        db += db_t
    return dx, dprev_h, dWx, dWh, db


def sigmoid(x):
    pos_mask = x >= 0
    neg_mask = x < 0
    z = np.zeros_like(x)
    z[pos_mask] = np.exp(-x[pos_mask])
    z[neg_mask] = np.exp(x[neg_mask])
    top = np.ones_like(x)
    top[neg_mask] = z[neg_mask]
    return top / (1 + z)


def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    H = prev_h.shape[1]
    a = x.dot(Wx) + prev_h.dot(Wh) + b
    i = sigmoid(a[:, 0:H])
    f = sigmoid(a[:, H : 2 * H])
    o = sigmoid(a[:, 2 * H : 3 * H])
    g = np.tanh(a[:, 3 * H : 4 * H])
    next_c = f * prev_c + i * g
    next_h = o * np.tanh(next_c)
    return (next_h, next_c), (i, f, o, g, x, Wx, Wh, b, prev_h, prev_c, next_c)


def lstm_step_backward(dout, cache):
    dnext_h, dnext_c = dout
    i, f, o, g, x, Wx, Wh, b, prev_h, prev_c, next_c = cache
    do = dnext_h * np.tanh(next_c)
    dct = dnext_c + o * (1 - np.tanh(next_c) ** 2) * dnext_h
    df = dct * prev_c
    dprev_c = dct * f
    di = dct * g
    dg = dct * i
    da = np.hstack((i * (1 - i) * di, f * (1 - f) * df, o * (1 - o) * do, (1 - g * g) * dg))
    return da.dot(Wx.T), da.dot(Wh.T), dprev_c, x.T.dot(da), prev_h.T.dot(da), np.sum(da, axis=0)


def lstm_forward(x, h0, Wx, Wh, b):
    N, T, _ = x.shape
    h, cache = np.zeros((N, T, h0.shape[1])), {}
    prev_h, prev_c = h0, np.zeros(h0.shape)
    for t in range(T):
        (prev_h, prev_c), cache[t] = lstm_step_forward(x[:, t, :], prev_h, prev_c, Wx, Wh, b)
        h[:, t, :] = prev_h
    return h, cache


def lstm_backward(dh, cache):
    T = dh.shape[1]
    dprev_h, dprev_c = np.zeros_like(dh[:, 0]), np.zeros_like(dh[:, 0])
    dx, sums = [], [0, 0, 0]
    for t in range(T - 1, -1, -1):
        dx_t, dprev_h, dprev_c, *rest = lstm_step_backward((dprev_h + dh[:, t], dprev_c), cache[t])
        dx.insert(0, dx_t)
        sums = [a + b for a, b in zip(sums, rest, strict=True)]
    return (np.array(dx).transpose(1, 0, 2), dprev_h, *sums)


def gru_step_forward(x, prev_h, Wx, Wh, b):
    H = prev_h.shape[1]
    gates = sigmoid(x.dot(Wx[:, : 2 * H]) + prev_h.dot(Wh[:, : 2 * H]) + b[: 2 * H])
    r, z = gates[:, :H], gates[:, H:]
    u = prev_h.dot(Wh[:, 2 * H :])
    n = np.tanh(x.dot(Wx[:, 2 * H :]) + b[2 * H :] + r * u)
    return n + z * (prev_h - n), (x, prev_h, Wx, Wh, r, z, u, n)


def gru_step_backward(dout, cache):
    x, prev_h, Wx, Wh, r, z, u, n = cache
    H = prev_h.shape[1]
    dn = dout * (1 - z) * (1 - n**2)
    dz = dout * (prev_h - n) * z * (1 - z)
    du = dn * r
    dr = dn * u * r * (1 - r)
    dgates = np.hstack([dr, dz])
    dWx, dWh, db = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros(3 * H)
    dWx[:, : 2 * H], dWx[:, 2 * H :] = x.T.dot(dgates), x.T.dot(dn)
    dWh[:, : 2 * H], dWh[:, 2 * H :] = prev_h.T.dot(dgates), prev_h.T.dot(du)
    db[: 2 * H], db[2 * H :] = dgates.sum(0), dn.sum(0)
    dx = dgates.dot(Wx[:, : 2 * H].T) + dn.dot(Wx[:, 2 * H :].T)
    dprev_h = dout * z + dgates.dot(Wh[:, : 2 * H].T) + du.dot(Wh[:, 2 * H :].T)
    return dx, dprev_h, dWx, dWh, db
