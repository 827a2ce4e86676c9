"""Number by number with the math module; the derivatives are accumulated where they arise."""

import math

import numpy as np


def sigma(value):
    return 1.0 / (1.0 + math.exp(-value)) if value > 0 else math.exp(value) / (1.0 + math.exp(value))


def affine(row, w, columns):
    return [sum(float(v) * float(w[k, j]) for k, v in enumerate(row)) for j in columns]


def spread(da, row, w, columns, drow, dw):
    """Send the gradients of row·w, in these columns, on to row and w."""
    for d, j in zip(da, columns, strict=True):
        for k in range(len(row)):
            drow[k] += d * w[k, j]
            dw[k, j] += d * row[k]


def zeros(*arrays):
    return [np.zeros(np.shape(array)) for array in arrays]


def rnn_step_forward(x, prev_h, wx, wh, b):
    H = range(len(b))
    out = np.zeros(prev_h.shape)
    for n in range(len(x)):
        ax, ah = affine(x[n], wx, H), affine(prev_h[n], wh, H)
        out[n] = [math.tanh(ax[j] + ah[j] + b[j]) for j in H]
    return out, {"args": (x, prev_h, wx, wh, b), "out": out.tolist()}


def rnn_step_backward(dout, cache):
    x, prev_h, wx, wh, b = cache["args"]
    dx, dh, dwx, dwh, db = zeros(x, prev_h, wx, wh, b)
    for n in range(len(x)):
        da = [dout[n, j] * (1 - cache["out"][n][j] ** 2) for j in range(len(b))]
        spread(da, x[n], wx, range(len(b)), dx[n], dwx)
        spread(da, prev_h[n], wh, range(len(b)), dh[n], dwh)
        for j, d in enumerate(da):
            db[j] += d
    return dx, dh, dwx, dwh, db


def lstm_step_forward(x, prev_h, prev_c, wx, wh, b):
    N, H = prev_h.shape
    h, c, gates = np.zeros((N, H)), np.zeros((N, H)), []
    for n in range(N):
        ax, ah = affine(x[n], wx, range(4 * H)), affine(prev_h[n], wh, range(4 * H))
        a = [p + q + float(r) for p, q, r in zip(ax, ah, b, strict=True)]
        gates.append([math.tanh(v) if j >= 3 * H else sigma(v) for j, v in enumerate(a)])
        for j in range(H):
            i, f, o, g = gates[n][j::H]
            c[n, j] = f * prev_c[n, j] + i * g
            h[n, j] = o * math.tanh(c[n, j])
    return (h, c), (x, prev_h, prev_c, wx, wh, b, gates, c)


def lstm_step_backward(dout, cache):
    x, prev_h, prev_c, wx, wh, b, gates, c = cache
    N, H = prev_h.shape
    dh_next, dc_next = np.broadcast_to(dout[0], (N, H)), np.broadcast_to(dout[1], (N, H))
    dx, dh, dc, dwx, dwh, db = zeros(x, prev_h, prev_c, wx, wh, b)
    for n in range(N):
        da = [0.0] * (4 * H)
        for j in range(H):
            i, f, o, g = gates[n][j::H]
            shown = math.tanh(c[n, j])
            cell = dc_next[n, j] + dh_next[n, j] * o * (1 - shown * shown)
            dc[n, j] = cell * f
            da[j] = cell * g * i * (1 - i)
            da[H + j] = cell * prev_c[n, j] * f * (1 - f)
            da[2 * H + j] = dh_next[n, j] * shown * o * (1 - o)
            da[3 * H + j] = cell * i * (1 - g * g)
        spread(da, x[n], wx, range(4 * H), dx[n], dwx)
        spread(da, prev_h[n], wh, range(4 * H), dh[n], dwh)
        db += np.array(da)
    return dx, dh, dc, dwx, dwh, db


def gru_step_forward(x, prev_h, wx, wh, b):
    N, H = prev_h.shape
    out, kept = np.zeros((N, H)), []
    for n in range(N):
        ax, ah = affine(x[n], wx, range(3 * H)), affine(prev_h[n], wh, range(3 * H))
        ax = [p + float(q) for p, q in zip(ax, b, strict=True)]
        r = [sigma(ax[j] + ah[j]) for j in range(H)]
        z = [sigma(ax[H + j] + ah[H + j]) for j in range(H)]
        new = [math.tanh(ax[2 * H + j] + r[j] * ah[2 * H + j]) for j in range(H)]
        kept.append((r, z, new, ah[2 * H :]))
        out[n] = [(1 - z[j]) * new[j] + z[j] * prev_h[n, j] for j in range(H)]
    return out, ((x, prev_h, wx, wh, b), kept)


def gru_step_backward(dout, cache):
    (x, prev_h, wx, wh, b), kept = cache
    N, H = prev_h.shape
    dx, dh, dwx, dwh, db = zeros(x, prev_h, wx, wh, b)
    for n in range(N):
        r, z, new, u = kept[n]
        dax, dah = [0.0] * (3 * H), [0.0] * (3 * H)
        for j in range(H):
            d = dout[n, j]
            dh[n, j] += d * z[j]
            dn = d * (1 - z[j]) * (1 - new[j] ** 2)
            dax[j] = dah[j] = dn * u[j] * r[j] * (1 - r[j])
            dax[H + j] = dah[H + j] = d * (prev_h[n, j] - new[j]) * z[j] * (1 - z[j])
            dax[2 * H + j], dah[2 * H + j] = dn, dn * r[j]
        spread(dax, x[n], wx, range(3 * H), dx[n], dwx)
        spread(dah, prev_h[n], wh, range(3 * H), dh[n], dwh)
        db += np.array(dax)
    return dx, dh, dwx, dwh, db


def rnn_forward(x, h0, wx, wh, b):
    h, caches = [h0], []
    for t in range(x.shape[1]):
        out, cache = rnn_step_forward(x[:, t], h[-1], wx, wh, b)
        h.append(out)
        caches.append(cache)
    return np.array(h[1:]).swapaxes(0, 1), caches


def rnn_backward(dout, cache):
    dh, total, dxs = 0, None, []
    while cache:
        dx, dh, *shared = rnn_step_backward(dout[:, len(cache) - 1] + dh, cache.pop())
        dxs.append(dx)
        total = shared if total is None else [a + b for a, b in zip(total, shared, strict=True)]
    return [np.array(dxs[::-1]).swapaxes(0, 1), dh, *total]


def lstm_forward(x, h0, wx, wh, b):
    h, c, hs, caches = h0, 0 * h0, [], []
    for t in range(x.shape[1]):
        (h, c), cache = lstm_step_forward(x[:, t], h, c, wx, wh, b)
        hs.append(h)
        caches.append(cache)
    return np.array(hs).swapaxes(0, 1), caches


def lstm_backward(dout, cache):
    dh, dc, total, dxs = 0, 0, None, []
    while cache:
        dx, dh, dc, *shared = lstm_step_backward((dout[:, len(cache) - 1] + dh, dc), cache.pop())
        dxs.append(dx)
        total = shared if total is None else [a + b for a, b in zip(total, shared, strict=True)]
    return [np.array(dxs[::-1]).swapaxes(0, 1), dh, *total]
